import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { readParameter } from '../../functions/secrets.ts';
import { Failure } from '../local/failure.ts';

/** As a function reads it at its start, with what the operator's environment and profile say. Throws a Failure. */
export async function readIdentityKey(parameter: string): Promise<string> {
  const { config } = new CloudFormationClient({});
  const [region, credentials] = await Promise.all([config.region(), config.credentials()]);
  const endpoint = process.env.AWS_ENDPOINT_URL_SSM || process.env.AWS_ENDPOINT_URL;
  const environment = {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken ? { AWS_SESSION_TOKEN: credentials.sessionToken } : {}),
    ...(endpoint ? { AWS_ENDPOINT_URL_SSM: endpoint } : {}),
  };
  return readParameter(parameter, environment).catch((cause: Error) => {
    throw new Failure(`${cause.message}; it takes ssm:GetParameter`, { cause });
  });
}
