import type { DynamoDBRecord } from 'aws-lambda';
import { getPost } from '../../functions/table/posts.ts';
import { readRecord } from '../../functions/table/records.ts';
import type { Table } from '../../functions/table/table.ts';
import { Failure } from '../local/failure.ts';
import { type GivenUp, readGivenUp } from './given-up.ts';
import type { Session } from './session.ts';

export interface Replayed extends Partial<Omit<GivenUp, 'records' | 'by'>> {
  name: string;
  records: number;
  /** Slugs of articles; of what is not an article's, or cannot be read, the key. */
  about: string[];
  outcome: 'waits' | 'published' | 'failed';
}

type Place = Pick<Session, 'table' | 'followers' | 'failures'>;

/**
 * Hands the publisher and the slow lane again what they gave up on. A record only says which pages to look at, and these are
 * made from the table as it is now; a mail is claimed before it is sent: an old one does no harm. Nothing is taken out of the store before
 * all its records were taken.
 */
export async function* replay(
  { table, followers, failures }: Place,
  { dryRun = false } = {},
): AsyncGenerator<Replayed> {
  for (const name of await failures.names()) {
    const one: Replayed = { name, records: 0, about: [], outcome: 'waits' };
    try {
      const { records, by, ...given } = readGivenUp(name, await failures.read(name));
      Object.assign(one, given, { records: records.length, about: await subjectsOf(table, records) });
      if (!dryRun) {
        await followAgain(followers[by], by, records);
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

async function followAgain(
  follow: Session['followers'][string] | undefined,
  by: string,
  records: readonly DynamoDBRecord[],
): Promise<void> {
  if (!follow) throw new Failure(`no function here is called ${by}`);
  const { length } = (await follow(records)).batchItemFailures;
  if (length > 0) throw new Failure(`${by} could not take ${length} of ${records.length}`);
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
