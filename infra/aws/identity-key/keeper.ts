import { randomBytes } from 'node:crypto';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { signedFetch } from '../../../functions/signed-fetch.ts';

/** Keeps a key: writes one where there is none, never over one. An update or a deletion changes nothing. */
export async function handler(event: CloudFormationCustomResourceEvent): Promise<void> {
  const name: string = event.ResourceProperties.Name;
  const description: string = event.ResourceProperties.Description;
  try {
    if (event.RequestType !== 'Delete') await putIfAbsent(name, description);
    await answer(event, name, { Status: 'SUCCESS' });
  } catch (error) {
    await answer(event, name, { Status: 'FAILED', Reason: error instanceof Error ? error.message : 'unknown' });
  }
}

async function putIfAbsent(name: string, description: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const ask = signedFetch({ service: 'ssm' }, env);
  const sent = await ask(env.AWS_ENDPOINT_URL_SSM ?? `https://ssm.${env.AWS_REGION}.amazonaws.com/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.PutParameter' },
    body: JSON.stringify({
      Name: name,
      Description: description,
      Type: 'SecureString',
      Value: randomBytes(32).toString('hex'),
      Overwrite: false,
    }),
  });
  if (sent.ok) return;
  const refusal = await sent.text();
  if (!refusal.includes('ParameterAlreadyExists')) throw new Error(`PutParameter gave ${sent.status}: ${refusal}`);
}

type Outcome = { Status: 'SUCCESS' } | { Status: 'FAILED'; Reason: string };

async function answer(event: CloudFormationCustomResourceEvent, name: string, outcome: Outcome): Promise<void> {
  const { StackId, RequestId, LogicalResourceId } = event;
  await fetch(event.ResponseURL, {
    method: 'PUT',
    body: JSON.stringify({ ...outcome, StackId, RequestId, LogicalResourceId, PhysicalResourceId: name }),
  });
}
