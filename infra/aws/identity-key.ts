import { CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { addLambda } from './lambda.ts';

/** The keys that outlive stacks: the construct's id, what the parameter is called, and what it says of itself. */
const KEYS = {
  identity: ['IdentityKey', 'Stoa: key of the HMAC that turns addresses and comments into ids. Never rotated'],
  address: ['AddressKey', 'Stoa: keys that addresses are sealed with, parted by commas, the newest last'],
  proof: ['ProofKey', 'Stoa: key of the HMAC that signs proofs of work'],
  unsubscribe: ['UnsubscribeKey', 'Stoa: keys of the links that stop mails, parted by commas, the newest last'],
  opinion: ['OpinionKey', 'Stoa: key of the second opinion: what signs questions to a webhook, or Akismet’s own'],
} as const;

export type KeyName = keyof typeof KEYS;

/**
 * SecureStrings that are made once, by a function that writes one only where none is, and left alone when the stack goes.
 * Returns their names.
 */
export function addKeys(scope: Construct, stage: string): Readonly<Record<KeyName, string>> {
  const names = Object.keys(KEYS) as KeyName[];
  const parameters = Object.fromEntries(names.map((name) => [name, `/stoa/${stage}/${name}-key`]));
  const keeper = addLambda(scope, 'IdentityKeyKeeper', {
    entry: 'infra/aws/identity-key/keeper.ts',
    memoryMb: 256,
    timeoutSeconds: 30,
    statements: [
      new PolicyStatement({
        actions: ['ssm:PutParameter'],
        resources: Object.values(parameters).map((name) => parameterArn(scope, name)),
      }),
    ],
    environment: {},
  });
  for (const name of names) {
    const [id, description] = KEYS[name];
    new CustomResource(scope, id, {
      resourceType: 'Custom::IdentityKey',
      serviceToken: keeper.functionArn,
      serviceTimeout: Duration.minutes(2),
      properties: { Name: parameters[name], Description: description },
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
  return parameters as Record<KeyName, string>;
}

export const parameterArn = (scope: Construct, name: string): string =>
  Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.slice(1) });
