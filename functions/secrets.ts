import { AwsClient } from 'aws4fetch';

/**
 * The plain value of an SSM SecureString, by signed fetch: the SSM client would weigh as much as the table's.
 * Throws an Error naming the parameter and the status, so that the function's start fails.
 */
export async function readParameter(name: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const region = env.AWS_REGION ?? 'us-east-1';
  const aws = new AwsClient({
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    ...(env.AWS_SESSION_TOKEN ? { sessionToken: env.AWS_SESSION_TOKEN } : {}),
    service: 'ssm',
    region,
  });
  const answer = await aws.fetch(env.AWS_ENDPOINT_URL_SSM ?? `https://ssm.${region}.amazonaws.com/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.GetParameter' },
    body: JSON.stringify({ Name: name, WithDecryption: true }),
  });
  if (!answer.ok) throw new Error(`the parameter ${name} cannot be read: SSM answered ${answer.status}`);
  const { Parameter } = (await answer.json()) as { Parameter: { Value: string } };
  return Parameter.Value;
}
