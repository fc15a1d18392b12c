import { AwsClient } from 'aws4fetch';
import { inject } from 'vitest';
import { readParameter } from '../../functions/secrets.ts';
import { onlyOne, outputsOf } from './account.ts';
import { STAGE, siteOf, stateOf } from './cdk.ts';
import { CREDENTIALS, REGION } from './environment.ts';

/** Where the deployed Stoa's parts are. */
export interface Deployed {
  /** The site's host name. */
  host: string;
  /** The API's own host name, which nobody is to use. */
  api: string;
  /** What the distribution says to the API. */
  secret: string;
  loginHost: string;
  clientId: string;
  table: string;
  bucket: string;
  pool: string;
  /** Name of the parameter with the identity key. */
  identity: string;
}

export async function findDeployed(stage = STAGE): Promise<Deployed> {
  const stack = siteOf(stage);
  const [state, site] = await Promise.all([outputsOf(stateOf(stage)), outputsOf(stack)]);
  const given = (outputs: Record<string, string>, name: string): string => {
    const value = outputs[name];
    if (!value) throw new Error(`the stacks have no output ${name}`);
    return value;
  };
  return {
    host: new URL(given(site, 'Url')).host,
    api: `${await onlyOne(stack, 'AWS::ApiGatewayV2::Api')}.execute-api.${REGION}.amazonaws.com`,
    secret: await secretOf(await onlyOne(stack, 'AWS::SecretsManager::Secret')),
    loginHost: new URL(given(site, 'LoginUrl')).host,
    clientId: given(site, 'ClientId'),
    table: given(state, 'TableName'),
    bucket: given(state, 'PagesBucket'),
    pool: given(state, 'UserPoolId'),
    identity: given(state, 'IdentityParameter'),
  };
}

/** The value of a secret. */
export async function secretOf(SecretId: string): Promise<string> {
  const aws = new AwsClient({ ...CREDENTIALS, service: 'secretsmanager', region: REGION });
  const answer = await aws.fetch(inject('endpoint'), {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.GetSecretValue' },
    body: JSON.stringify({ SecretId }),
  });
  return ((await answer.json()) as { SecretString: string }).SecretString;
}

/** The plain value of a parameter. */
export const parameter = (name: string): Promise<string> =>
  readParameter(name, {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_SSM: inject('endpoint'),
  });
