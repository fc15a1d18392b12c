import { readFileSync } from 'node:fs';
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { expect, test } from 'vitest';
import { makeStacks, type Resource, resourcesOf } from '../support/stacks.ts';

/** What holds state, as it was first deployed. Whoever changes this file says that deployed sites lose what is in them. */
const deployed: State = JSON.parse(readFileSync(new URL('deployed-state.json', import.meta.url), 'utf8')).Resources;

type State = Record<string, Resource>;

/** Settled when the pool is made: an update that changes one is refused, and the way out that offers itself is another pool. */
const SETTLED = ['UsernameAttributes', 'AliasAttributes', 'UsernameConfiguration', 'Schema'];

test('whatever was deployed is updated in place: no table, bucket, pool, login or key is replaced, deleted or let go', () => {
  const { state } = makeStacks();

  expect(state.stackName).toBe('stoa-test-state');
  expect(lossesIn(only(resourcesOf(state)))).toEqual([]);
});

test.each<[what: string, change: (state: State) => void, lost: string]>([
  [
    'another key of the table',
    (state) => Object.assign(of(state, 'Table').KeySchema[0], { AttributeName: 'id' }),
    'Table',
  ],
  ['a name for the table', (state) => Object.assign(of(state, 'Table'), { TableName: 'stoa' }), 'Table'],
  ['another logical id', (state) => rename(state, 'Table'), 'Table'],
  ['a name for the bucket', (state) => Object.assign(of(state, 'Pages'), { BucketName: 'stoa' }), 'Pages'],
  ['a bucket that is let go', (state) => delete state[idOf(state, 'Pages')], 'Pages'],
  [
    'a pool with other names for its users',
    (state) => Object.assign(of(state, 'Accounts'), { UsernameAttributes: ['phone_number'] }),
    'Accounts',
  ],
  [
    'another address of the login',
    (state) => Object.assign(of(state, 'AccountsLogin'), { Domain: 'a' }),
    'AccountsLogin',
  ],
  ['another place for the key', (state) => Object.assign(of(state, 'IdentityKey'), { Name: '/key' }), 'IdentityKey'],
])('%s would be found', (_what, change, lost) => {
  const next = structuredClone(deployed);
  change(next);

  expect(lossesIn(next)).toEqual([idOf(deployed, lost)]);
});

test('what only adds is let through: an index, another ceiling, another rule for passwords', () => {
  const next = structuredClone(deployed);
  const table = of(next, 'Table');
  table.AttributeDefinitions.push({ AttributeName: 'new', AttributeType: 'S' });
  table.GlobalSecondaryIndexes.push({ IndexName: 'new', KeySchema: [{ AttributeName: 'new', KeyType: 'HASH' }] });
  table.OnDemandThroughput.MaxReadRequestUnits = 1000;
  of(next, 'Accounts').Policies.PasswordPolicy.MinimumLength = 16;

  expect(lossesIn(next)).toEqual([]);
});

const LOSSES = [
  ResourceImpact.WILL_REPLACE,
  ResourceImpact.MAY_REPLACE,
  ResourceImpact.WILL_DESTROY,
  ResourceImpact.WILL_ORPHAN,
];

/** Logical ids of what a deployment of `next` over what is deployed would lose, as CDK's own diff sees it and beyond. */
function lossesIn(next: State): string[] {
  const lost = new Set<string>();
  fullDiff({ Resources: deployed }, { Resources: next }).resources.forEachDifference((id, { changeImpact }) => {
    if (LOSSES.includes(changeImpact)) lost.add(id);
  });
  for (const [id, { Type, Properties, DeletionPolicy }] of Object.entries(deployed)) {
    const then = next[id];
    const changed = (name: string) => JSON.stringify(Properties[name]) !== JSON.stringify(then?.Properties[name]);
    if (Type === 'AWS::Cognito::UserPool' && SETTLED.some(changed)) lost.add(id);
    if (Type === 'Custom::IdentityKey' && changed('Name')) lost.add(id);
    if (DeletionPolicy !== then?.DeletionPolicy) lost.add(id);
  }
  return [...lost];
}

/** Of the types that are held, without what CDK writes about them. */
function only(resources: Readonly<State>): State {
  const types = new Set(Object.values(deployed).map(({ Type }) => Type));
  return Object.fromEntries(Object.entries(resources).filter(([, { Type }]) => types.has(Type)));
}

/** The logical id that begins so, and goes on with CDK's hash. */
const idOf = (state: State, name: string): string =>
  Object.keys(state).find((id) => id.replace(/[0-9A-F]{8}$/, '') === name) ?? name;

// biome-ignore lint/suspicious/noExplicitAny: the properties of any type of resource.
const of = (state: State, name: string): any => state[idOf(state, name)]?.Properties;

function rename(state: State, name: string): void {
  const id = idOf(state, name);
  state.Renamed = state[id] as Resource;
  delete state[id];
}
