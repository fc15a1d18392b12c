import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { readParameter } from '../../functions/secrets.ts';
import { signedFetch } from '../../functions/signed-fetch.ts';
import { Failure } from '../local/failure.ts';
import type { KeyStore } from './keys.ts';
import type { Stage } from './stage.ts';

export const deployedKeys = (stage: Stage): KeyStore => ({
  async read() {
    const [identity, address, unsubscribe] = await Promise.all([
      readKey(stage.IdentityParameter),
      readKey(stage.AddressParameter),
      readKey(stage.UnsubscribeParameter),
    ]);
    return { identity, address, unsubscribe };
  },
  async write({ identity, address, unsubscribe }) {
    await writeKey(stage.IdentityParameter, identity);
    await writeKey(stage.AddressParameter, address);
    await writeKey(stage.UnsubscribeParameter, unsubscribe);
  },
});

/** As a function reads it at its start, with what the operator's environment and profile say. Throws a Failure. */
export const readKey = async (parameter: string): Promise<string> =>
  readParameter(parameter, await environment()).catch((cause: Error) => {
    throw new Failure(`${cause.message}; it takes ssm:GetParameter`, { cause });
  });

async function writeKey(Name: string, Value: string): Promise<void> {
  const env = await environment();
  const ask = signedFetch({ service: 'ssm' }, env);
  const answer = await ask(env.AWS_ENDPOINT_URL_SSM ?? `https://ssm.${env.AWS_REGION}.amazonaws.com/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.PutParameter' },
    body: JSON.stringify({ Name, Value, Type: 'SecureString', Overwrite: true }),
  });
  if (answer.ok) return;
  const status = `SSM answered ${answer.status}`;
  throw new Failure(`the parameter ${Name} cannot be written: ${status}; it takes ssm:PutParameter`);
}

async function environment(): Promise<NodeJS.ProcessEnv> {
  const { config } = new CloudFormationClient({});
  const [region, credentials] = await Promise.all([config.region(), config.credentials()]);
  const endpoint = process.env.AWS_ENDPOINT_URL_SSM || process.env.AWS_ENDPOINT_URL;
  return {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken ? { AWS_SESSION_TOKEN: credentials.sessionToken } : {}),
    ...(endpoint ? { AWS_ENDPOINT_URL_SSM: endpoint } : {}),
  };
}
