import type { DynamoDBRecord } from 'aws-lambda';
import { getPost } from '../../functions/table/posts.ts';
import { readRecord } from '../../functions/table/records.ts';
import type { Table } from '../../functions/table/table.ts';
import { Failure } from '../local/failure.ts';
import { type GivenUp, readGivenUp } from './given-up.ts';
import type { Session } from './session.ts';

export interface Replayed extends Partial<Omit<GivenUp, 'records'>> {
  name: string;
  records: number;
  /** Slugs of articles; of what is not an article's, or cannot be read, the key. */
  about: string[];
  outcome: 'waits' | 'published' | 'failed';
}

type Place = Pick<Session, 'table' | 'publish' | 'failures'>;

/**
 * Hands the publisher again what it gave up on. A record only says which pages to look at, and these are made from the
 * table as it is now: an old one does no harm. Nothing is taken out of the store before all its records are in the pages.
 */
export async function* replay({ table, publish, failures }: Place, { dryRun = false } = {}): AsyncGenerator<Replayed> {
  for (const name of await failures.names()) {
    const one: Replayed = { name, records: 0, about: [], outcome: 'waits' };
    try {
      const { records, ...given } = readGivenUp(name, await failures.read(name));
      Object.assign(one, given, { records: records.length, about: await subjectsOf(table, records) });
      if (!dryRun) {
        await publishAll(publish, records);
        await failures.remove(name);
        one.outcome = 'published';
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      Object.assign(one, { error: error.message, outcome: 'failed' });
    }
    yield one;
  }
}

async function publishAll(publish: Session['publish'], records: readonly DynamoDBRecord[]): Promise<void> {
  const { length } = (await publish(records)).batchItemFailures;
  if (length > 0) throw new Failure(`the publisher could not take ${length} of ${records.length}`);
}

async function subjectsOf(table: Table, records: readonly DynamoDBRecord[]): Promise<string[]> {
  const posts = [...new Set(records.map(postOf).filter((post) => post !== null))];
  const slugs = posts.map(async (post) => (await getPost(table, post))?.slug ?? post);
  const others = records.filter((record) => postOf(record) === null).map(keyOf);
  return [...(await Promise.all(slugs)), ...new Set(others)];
}

const keyOf = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.Keys?.pk?.S ?? 'a record without a key';

function postOf(record: DynamoDBRecord): string | null {
  try {
    const { key, new: now } = readRecord(record);
    if ('post' in key) return key.post;
    return key.kind === 'wait' && typeof now?.post === 'string' ? now.post : null;
  } catch {
    return null;
  }
}
