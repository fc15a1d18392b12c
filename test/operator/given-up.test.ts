import { expect, test } from 'vitest';
import { readGivenUp } from '../../infra/operator/given-up.ts';

const RECORD = {
  eventID: '1',
  eventName: 'MODIFY',
  dynamodb: { Keys: { pk: { S: 'POST#1' }, sk: { S: 'META' } }, SequenceNumber: '800000000003126276362' },
};

/** As Lambda's guide shows it. */
const DOCUMENT = {
  requestContext: {
    requestId: '316aa6d0-8154-xmpl-9af7-85d5f4a6bc81',
    functionArn: 'arn:aws:lambda:us-east-2:123456789012:function:publisher',
    condition: 'RetryAttemptsExhausted',
    approximateInvokeCount: 6,
  },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  version: '1.0',
  timestamp: '2026-11-22T00:13:49.717Z',
  DDBStreamBatchInfo: {
    shardId: 'shardId-00000001573689847184-864758bb',
    startSequenceNumber: '800000000003126276362',
    endSequenceNumber: '800000000003126276362',
    approximateArrivalOfFirstRecord: '2026-11-22T00:13:19Z',
    approximateArrivalOfLastRecord: '2026-11-22T00:13:19Z',
    batchSize: 1,
    streamArn: 'arn:aws:dynamodb:us-east-2:123456789012:table/stoa/stream/2026-11-14T00:04:06.388',
  },
  payload: JSON.stringify({ Records: [RECORD] }),
};

test('Lambda’s record of a failed batch holds when, how often, why, and the records themselves', () => {
  expect(readGivenUp('one', JSON.stringify(DOCUMENT))).toEqual({
    when: '2026-11-22T00:13:49.717Z',
    reason: 'RetryAttemptsExhausted',
    attempts: 6,
    error: 'Unhandled',
    records: [RECORD],
    by: 'publisher',
  });
});

test('records that were reported as failed, or grew too old, come without an error', () => {
  const { responseContext, ...unanswered } = DOCUMENT;
  const reported = { ...DOCUMENT, responseContext: { statusCode: 200, executedVersion: '$LATEST' } };

  expect(readGivenUp('one', JSON.stringify(unanswered)).error).toBeNull();
  expect(readGivenUp('one', JSON.stringify(reported)).error).toBeNull();
});

test.each([
  ['not JSON', 'half a docu'],
  ['of another kind', '{}'],
  ['without its records, as a queue gets it', JSON.stringify({ ...DOCUMENT, payload: undefined })],
  ['with a payload that is not an event', JSON.stringify({ ...DOCUMENT, payload: '{"Records":[]}' })],
])('a document %s is refused by its name', (_, text) => {
  expect(() => readGivenUp('that-one', text)).toThrow(/^that-one is not a record of a failed batch: /);
});
