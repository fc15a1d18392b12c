import { signedFetch } from './signed-fetch.ts';

/**
 * The plain value of an SSM SecureString, by signed fetch: the SSM client would weigh as much as the table's.
 * Throws an Error naming the parameter and the status, so that the function's start fails.
 */
export async function readParameter(name: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const region = env.AWS_REGION ?? 'us-east-1';
  const ask = signedFetch({ service: 'ssm' }, env);
  const answer = await ask(env.AWS_ENDPOINT_URL_SSM ?? `https://ssm.${region}.amazonaws.com/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.GetParameter' },
    body: JSON.stringify({ Name: name, WithDecryption: true }),
  });
  if (!answer.ok) throw new Error(`the parameter ${name} cannot be read: SSM answered ${answer.status}`);
  const { Parameter } = (await answer.json()) as { Parameter: { Value: string } };
  return Parameter.Value;
}
