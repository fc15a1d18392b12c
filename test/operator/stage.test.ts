import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { stageOf } from '../../infra/operator/stage.ts';
import { makeStacks } from '../support/stacks.ts';

const { state, site } = makeStacks();
const outputs = { state: outputsOf(state), site: outputsOf(site) };

/** The value of each output of a stack, as if it were deployed: its own name. */
function outputsOf(stack: Parameters<typeof Template.fromStack>[0]): Record<string, string> {
  const names = Object.keys(Template.fromStack(stack).toJSON().Outputs);
  return Object.fromEntries(names.map((name) => [name, `the ${name}`]));
}

test('the stacks tell the command all that it asks for', () => {
  expect(stageOf('test', 'eu-west-1', outputs)).toEqual({
    name: 'test',
    region: 'eu-west-1',
    TableName: 'the TableName',
    FailuresBucket: 'the FailuresBucket',
    UserPoolId: 'the UserPoolId',
    PagesBucket: 'the PagesBucket',
    IdentityParameter: 'the IdentityParameter',
    AddressParameter: 'the AddressParameter',
    UnsubscribeParameter: 'the UnsubscribeParameter',
    Url: 'the Url',
    PublisherFunction: 'the PublisherFunction',
    SlowLaneFunction: 'the SlowLaneFunction',
    RenewFunction: 'the RenewFunction',
    RepublishFunction: 'the RepublishFunction',
  });
});

test.each([
  ['a stack that is not there', { ...outputs, site: {} }, 'stoa-test-site in eu-west-1 has no output Url'],
  [
    'a stack of an older version',
    { ...outputs, state: { ...outputs.state, IdentityParameter: '' } },
    'stoa-test-state in eu-west-1 has no output IdentityParameter',
  ],
])('%s is named in one line, with the remedy', (_, lacking, words) => {
  expect(() => stageOf('test', 'eu-west-1', lacking)).toThrow(`the stack ${words}: deploy the stage test again`);
});
