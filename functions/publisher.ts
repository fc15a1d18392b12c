import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { type Env, readEnv } from './env.ts';
import { affected } from './publisher/affected.ts';
import { type Page, pageId } from './publisher/page.ts';
import { type Press, publish } from './publisher/publish.ts';
import { openStore } from './publisher/store.ts';
import { readRecord } from './table/records.ts';
import { openTable } from './table/table.ts';

/** The stream's way to pages: what a batch of records touches is made from the table's state, each page once. */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  return publishRecords(openPress(readEnv()), event.Records);
}

export function openPress({ table, bucketUrl, settings }: Env): Press {
  return {
    table: openTable(table, { mark: 'publisher' }),
    store: openStore(bucketUrl),
    site: settings.site,
    now: () => new Date(),
  };
}

interface Work {
  page: Page;
  records: string[];
}

/** Reports every record one of whose pages could not be made, so that the batch is repeated from the first of them. */
export async function publishRecords(press: Press, records: readonly DynamoDBRecord[]): Promise<DynamoDBBatchResponse> {
  const failed = new Set<string>();
  const posts = new Map<string, Map<string, Work>>();
  for (const record of records) {
    const sequence = record.dynamodb?.SequenceNumber ?? '';
    try {
      for (const page of await affected(press.table, readRecord(record))) add(posts, page, sequence);
    } catch (cause) {
      failed.add(sequence);
      report('affected', sequence, cause);
    }
  }
  for (const [group, work] of postsFirst(posts)) {
    try {
      await publish(
        press,
        [...work.values()].map(({ page }) => page),
      );
    } catch (cause) {
      for (const { records } of work.values()) for (const sequence of records) failed.add(sequence);
      report('publish', group, cause);
    }
  }
  return { batchItemFailures: [...failed].sort().map((itemIdentifier) => ({ itemIdentifier })) };
}

/** A list may link to an article only when the article is there. */
function postsFirst(groups: Map<string, Map<string, Work>>): [string, Map<string, Work>][] {
  const isPost = (work: Map<string, Work>) => [...work.values()].some(({ page }) => 'post' in page);
  return [...groups].toSorted(([, a], [, b]) => Number(isPost(b)) - Number(isPost(a)));
}

function add(groups: Map<string, Map<string, Work>>, page: Page, sequence: string): void {
  const id = pageId(page);
  const group = 'post' in page ? page.post : id;
  const work = groups.get(group) ?? new Map<string, Work>();
  groups.set(group, work);
  work.set(id, { page, records: [...(work.get(id)?.records ?? []), sequence] });
}

/** An allow-list of fields: never a record's content. */
function report(step: string, subject: string, cause: unknown): void {
  const message = cause instanceof Error ? `${cause.name}: ${cause.message}` : 'unknown';
  console.error(JSON.stringify({ level: 'error', function: 'publisher', step, subject, message }));
}
