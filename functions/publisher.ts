import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { type Env, readEnv } from './env.ts';
import { log } from './log.ts';
import { affected } from './publisher/affected.ts';
import { type Page, pageId } from './publisher/page.ts';
import { PACE, type Press, publish } from './publisher/publish.ts';
import { openStore } from './publisher/store.ts';
import { sweepOn } from './publisher/sweep.ts';
import type { Sweep } from './table/keys.ts';
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
    closeAfterDays: settings.conversation.closeAfterDays,
    now: () => new Date(),
    pace: PACE,
  };
}

interface Work {
  page: Page;
  records: string[];
  /** The requests that changed what it shows. */
  reqs: string[];
}

/** Reports every record one of whose pages could not be made, so that the batch is repeated from the first of them. */
export async function publishRecords(press: Press, records: readonly DynamoDBRecord[]): Promise<DynamoDBBatchResponse> {
  const failed = new Set<string>();
  const posts = new Map<string, Map<string, Work>>();
  const sweeps: Sweeps = new Map();
  for (const record of records) {
    const cause = causeOf(record);
    try {
      const change = readRecord(record);
      if (change.key.kind === 'sweep') note(sweeps, change.key, cause.sequence);
      for (const page of await affected(press, change)) add(posts, page, cause);
    } catch (error) {
      failed.add(cause.sequence);
      log.error('not published', { reqs: cause.reqs, records: 1 }, error);
    }
  }
  for (const [, work] of postsFirst(posts)) {
    const group = [...work.values()];
    const line = lineOf(group);
    const started = performance.now();
    try {
      await publish(
        press,
        group.map(({ page }) => page),
        line.reqs.at(-1),
      );
      log.info('published', { ...line, ms: Math.round(performance.now() - started) });
    } catch (error) {
      for (const { records } of group) for (const sequence of records) failed.add(sequence);
      log.error('not published', line, error);
    }
  }
  for (const { sweep, records } of sweeps.values()) {
    const started = performance.now();
    try {
      const pages = (await sweepOn(press, sweep)).map(pageId);
      log.info('published', { reqs: [], pages, records: records.length, ms: Math.round(performance.now() - started) });
    } catch (error) {
      for (const sequence of records) failed.add(sequence);
      log.error('not published', { reqs: [], records: records.length }, error);
    }
  }
  return { batchItemFailures: [...failed].sort().map((itemIdentifier) => ({ itemIdentifier })) };
}

type Sweeps = Map<string, { sweep: Sweep; records: string[] }>;

/** Several records of one sweep are one step. */
function note(sweeps: Sweeps, { of, id }: Sweep, sequence: string): void {
  const name = `${of} ${id}`;
  const known = sweeps.get(name);
  if (known) known.records.push(sequence);
  else sweeps.set(name, { sweep: { of, id }, records: [sequence] });
}

interface Cause {
  sequence: string;
  reqs: string[];
}

function causeOf({ dynamodb }: DynamoDBRecord): Cause {
  const req = dynamodb?.NewImage?.req?.S;
  return { sequence: dynamodb?.SequenceNumber ?? '', reqs: req === undefined ? [] : [req] };
}

function lineOf(group: readonly Work[]) {
  return {
    reqs: [...new Set(group.flatMap(({ reqs }) => reqs))],
    pages: group.map(({ page }) => pageId(page)),
    records: new Set(group.flatMap(({ records }) => records)).size,
  };
}

/** A list may link to an article only when the article is there. */
function postsFirst(groups: Map<string, Map<string, Work>>): [string, Map<string, Work>][] {
  const isPost = (work: Map<string, Work>) => [...work.values()].some(({ page }) => 'post' in page);
  return [...groups].toSorted(([, a], [, b]) => Number(isPost(b)) - Number(isPost(a)));
}

function add(groups: Map<string, Map<string, Work>>, page: Page, { sequence, reqs }: Cause): void {
  const id = pageId(page);
  const group = 'post' in page ? page.post : id;
  const work = groups.get(group) ?? new Map<string, Work>();
  groups.set(group, work);
  const known = work.get(id);
  work.set(id, {
    page,
    records: [...(known?.records ?? []), sequence],
    reqs: [...(known?.reqs ?? []), ...reqs],
  });
}
