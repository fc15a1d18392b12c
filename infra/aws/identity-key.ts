import { CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { addLambda } from './lambda.ts';

/**
 * The SecureString whose key ids and addresses hang on: made once, by a function that writes it only where none is,
 * and left alone when the stack goes. Returns its name.
 */
export function addIdentityKey(scope: Construct, name: string): string {
  const keeper = addLambda(scope, 'IdentityKeyKeeper', {
    entry: 'infra/aws/identity-key/keeper.ts',
    memoryMb: 256,
    timeoutSeconds: 30,
    statements: [new PolicyStatement({ actions: ['ssm:PutParameter'], resources: [parameterArn(scope, name)] })],
    environment: {},
  });
  new CustomResource(scope, 'IdentityKey', {
    resourceType: 'Custom::IdentityKey',
    serviceToken: keeper.functionArn,
    serviceTimeout: Duration.minutes(2),
    properties: { Name: name },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  return name;
}

export const parameterArn = (scope: Construct, name: string): string =>
  Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.slice(1) });
