import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { log } from './log.ts';
import { deliver } from './mail/deliver.ts';
import { mailAbout } from './mail/occasions.ts';
import { type Office, openOffice } from './mail/office.ts';
import { readRecord } from './table/records.ts';

/** The stream's second reader, for what may come a little after the pages: today the mails. */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const office = await openOffice();
  return { batchItemFailures: office ? await followRecords(office, event.Records) : [] };
}

async function followRecords(office: Office, records: DynamoDBStreamEvent['Records']) {
  const failed: { itemIdentifier: string }[] = [];
  for (const record of records) {
    const itemIdentifier = record.dynamodb?.SequenceNumber ?? '';
    try {
      const change = readRecord(record);
      if (change.key.kind === 'outbox') await deliver(office, change.key.mail);
      else await mailAbout(office, change);
    } catch (cause) {
      failed.push({ itemIdentifier });
      log.error('not followed', {}, cause);
    }
  }
  return failed;
}
