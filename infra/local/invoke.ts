import type { Context } from 'aws-lambda';
import type { FunctionSpec } from '../../functions/manifest.ts';

/** Any function of the manifest. */
export type LambdaHandler = (event: never, context: Context) => Promise<unknown>;

export class LambdaTimeout extends Error {
  override name = 'LambdaTimeout';
}

/**
 * Calls a function as Lambda does: event and result pass through JSON, and it has `timeoutSeconds`. Throws
 * LambdaTimeout, or what the function threw.
 */
export async function invoke(
  handler: LambdaHandler,
  event: object,
  { name, spec, requestId }: { name: string; spec: FunctionSpec; requestId: string },
): Promise<unknown> {
  const limit = spec.timeoutSeconds * 1000;
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => timeout.reject(new LambdaTimeout(`${name} timed out after ${spec.timeoutSeconds} s`)),
    limit,
  );
  try {
    const context = lambdaContext(name, spec, requestId, performance.now() + limit);
    const call = (async () => handler(toJson(event) as never, context))();
    return toJson(await Promise.race([call, timeout.promise]));
  } finally {
    clearTimeout(timer);
  }
}

function lambdaContext(name: string, spec: FunctionSpec, requestId: string, deadline: number): Context {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${name}`,
    memoryLimitInMB: String(spec.memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}

function toJson(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}
