import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { inject } from 'vitest';
import { CREDENTIALS, REGION } from './environment.ts';

const config = { endpoint: inject('endpoint'), region: REGION, credentials: CREDENTIALS };

/** For the account's owner, who may do all. */
export const cloudFormation = new CloudFormationClient(config);
export const cognito = new CognitoIdentityProviderClient(config);
export const dynamoDb = new DynamoDBClient(config);
export const s3 = new S3Client({ ...config, forcePathStyle: true });

/** A stack's outputs by name. */
export async function outputsOf(stack: string): Promise<Record<string, string>> {
  const { Stacks: [found] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stack }));
  return Object.fromEntries((found?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}

/** A stack's physical ids by logical ones, of certain types or all. */
export async function resourcesOf(stack: string, ...types: string[]): Promise<Record<string, string>> {
  const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName: stack }));
  const found = StackResources.filter(({ ResourceType = '' }) => types.length === 0 || types.includes(ResourceType));
  return Object.fromEntries(
    found.map(({ LogicalResourceId, PhysicalResourceId }) => [LogicalResourceId, PhysicalResourceId]),
  );
}

/** The physical id of the stack's one resource of this type. */
export async function onlyOne(stack: string, type: string): Promise<string> {
  const found = Object.values(await resourcesOf(stack, type));
  if (found.length !== 1) throw new Error(`expected one ${type} in ${stack}, got ${found.length}`);
  return found[0] as string;
}
