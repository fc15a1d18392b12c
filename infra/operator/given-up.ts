import type { DynamoDBRecord } from 'aws-lambda';
import * as v from 'valibot';
import { Failure } from '../local/failure.ts';

/** Stream records that a function could not take, and what came of trying. */
export interface GivenUp {
  /** ISO 8601. */
  when: string;
  /** `RetryAttemptsExhausted` or `RecordAgeExceeded`. */
  reason: string;
  attempts: number;
  /** Null where the function reported the records as failed. */
  error: string | null;
  records: readonly DynamoDBRecord[];
  /** The function's name. */
  by: string;
}

/** Lambda's record of a failed batch, with the event that only a bucket gets, as a string of JSON. */
const invocation = v.object({
  timestamp: v.string(),
  requestContext: v.object({
    condition: v.string(),
    approximateInvokeCount: v.number(),
    functionArn: v.pipe(v.string(), v.regex(/:function:[\w-]+/, 'is not the ARN of a function')),
  }),
  responseContext: v.nullish(v.object({ functionError: v.nullish(v.string()), message: v.nullish(v.string()) })),
  payload: v.pipe(
    v.string(),
    v.parseJson(),
    v.object({ Records: v.pipe(v.array(v.looseObject({ dynamodb: v.looseObject({}) })), v.minLength(1)) }),
  ),
});

const document = v.pipe(v.string(), v.parseJson(), invocation);

/**
 * Throws a Failure for what is not Lambda's invocation record of a DynamoDB stream.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export function readGivenUp(name: string, text: string): GivenUp {
  const parsed = v.safeParse(document, text);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const where = v.getDotPath(issue);
    throw new Failure(`${name} is not a record of a failed batch: ${where ? `${where}: ` : ''}${issue.message}`);
  }
  const { timestamp, requestContext, responseContext, payload } = parsed.output;
  return {
    when: timestamp,
    reason: requestContext.condition,
    attempts: requestContext.approximateInvokeCount,
    error: responseContext?.message ?? responseContext?.functionError ?? null,
    records: payload.Records as DynamoDBRecord[],
    by: /:function:([\w-]+)/.exec(requestContext.functionArn)?.[1] ?? '',
  };
}
