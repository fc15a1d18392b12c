import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { Failure } from '../local/failure.ts';

/** A function's result. Throws a Failure with its words when it failed. */
export async function invoke<Result>(client: LambdaClient, name: string, event: object): Promise<Result> {
  const answer = await client.send(new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) }));
  const text = answer.Payload?.transformToString() ?? 'null';
  if (!answer.FunctionError) return JSON.parse(text) as Result;
  const { errorType, errorMessage } = JSON.parse(text) as { errorType?: string; errorMessage?: string };
  throw new Failure(`the function ${name} failed: ${errorMessage ?? errorType ?? text}`);
}
