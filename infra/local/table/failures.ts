import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { makeFolder, writeAtomically } from '../atomic-file.ts';
import type { LambdaRecord } from './lambda-event.ts';

export interface GivenUp {
  records: readonly LambdaRecord[];
  reason: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  attempts: number;
  /** What the function said last; absent when it reported the record as failed. */
  error?: unknown;
}

/**
 * A folder of the records that a function could not take, one JSON file each time, as Lambda's S3 on-failure destination
 * writes them: metadata, and the whole event as a string in `payload`. The file is named after the records, so that giving them up again after a
 * crash replaces it. Throws a one-line Error when the folder cannot be made.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export const failureStore = (dir: string, consumer: string, now: () => number) => {
  makeFolder(dir);

  return ({ records, reason, attempts, error }: GivenUp): void => {
    const [first, last] = [records[0]?.dynamodb, records.at(-1)?.dynamodb];
    const document = {
      requestContext: {
        requestId: randomUUID(),
        functionArn: `arn:aws:lambda:local:000000000000:function:${consumer}`,
        condition: reason,
        approximateInvokeCount: attempts,
      },
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        ...(error !== undefined && { functionError: 'Unhandled', message: String(error) }),
      },
      version: '1.0',
      timestamp: new Date(now()).toISOString(),
      DDBStreamBatchInfo: {
        shardId: 'local',
        startSequenceNumber: first?.SequenceNumber,
        endSequenceNumber: last?.SequenceNumber,
        approximateArrivalOfFirstRecord: arrival(first),
        approximateArrivalOfLastRecord: arrival(last),
        batchSize: records.length,
        streamArn: records[0]?.eventSourceARN,
      },
      payload: JSON.stringify({ Records: records }),
    };
    const name = `${consumer}-${first?.SequenceNumber}-${last?.SequenceNumber}.json`;
    writeAtomically(join(dir, name), JSON.stringify(document, undefined, 2));
  };
};

const arrival = (record: LambdaRecord['dynamodb'] | undefined): string | undefined =>
  record && new Date(record.ApproximateCreationDateTime * 1000).toISOString();
