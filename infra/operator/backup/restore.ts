import type { WaitItem } from '../../../functions/table/comment-items.ts';
import { completeApproval } from '../../../functions/table/comments.ts';
import { readJob, saveJob } from '../../../functions/table/jobs.ts';
import { bodyKey, type Key, metaKey, parseKey, slugKey } from '../../../functions/table/keys.ts';
import type { PostItem } from '../../../functions/table/posts.ts';
import type { Table } from '../../../functions/table/table.ts';
import { Failure } from '../../local/failure.ts';
import type { Keys } from '../keys.ts';
import type { MediaObject } from '../media-store.ts';
import type { StoredItem } from '../scan.ts';
import type { Session } from '../session.ts';
import { readArticle } from './article.ts';
import { type ExportReader, openExport } from './export-reader.ts';
import { fingerprints } from './fingerprints.ts';
import { PLACE, SHARED } from './kinds.ts';
import { type Manifest, MEDIA } from './manifest.ts';
import { RESTORATION, type Restoration } from './restoration.ts';

export interface RestoreOptions {
  /** The keys of the Stoa that was exported. */
  secrets?: Keys | undefined;
  /** Goes on without them. */
  withoutSecrets?: boolean;
}

/** Requests to the table at once. */
const STEP = 32;

/**
 * An export into a Stoa that holds nothing yet, then all its pages. Nothing is written over: run again after it was
 * stopped, it goes on, and leaves alone what happened since. An article comes last of what is its own, so that nobody
 * answers one half of it. Throws a Failure before it writes anything.
 */
export async function restoreFrom(dir: string, stoa: Session, options: RestoreOptions): Promise<Manifest['counts']> {
  const from = await openExport(dir);
  const { made, counts } = from.manifest;
  await expectRoom(stoa, from);
  await bringKeys(stoa, from.manifest.keys, options);
  const restoration: Restoration = { export: from.id, made, done: false };
  await saveJob(stoa.table, RESTORATION, restoration);

  for (const path of SHARED) if (path !== 'comments.jsonl') await putAll(stoa.restoring, from, path);
  await putMedia(stoa, from);
  for (const { path } of from.manifest.files) if (ARTICLE.test(path)) await putArticle(stoa.restoring, from, path);
  await putAll(stoa.restoring, from, 'comments.jsonl', completed);

  for await (const _ of stoa.republish({ fresh: true }));
  await saveJob(stoa.table, RESTORATION, { ...restoration, done: true });
  return counts;
}

const ARTICLE = /^posts\/[^/]+\.md$/;

/** Throws a Failure for a table that holds anything that is not of this export. */
async function expectRoom({ table, scan }: Session, { id }: ExportReader): Promise<void> {
  const before = await readJob<Restoration>(table, RESTORATION);
  if (before && !before.done && before.export === id) return;
  if (before && !before.done)
    throw new Failure(
      `this Stoa holds a part of another export, made ${before.made}: restore that one again, or take an empty Stoa`,
    );
  for await (const items of scan()) {
    const found = items.find((item) => PLACE[kindOf(item)] !== 'passing');
    if (found)
      throw new Failure(
        `this Stoa is not empty (there is ${found.pk}): restore into a new one; on one machine, into a new data folder`,
      );
  }
}

function kindOf(item: Key) {
  try {
    return parseKey(item).kind;
  } catch (cause) {
    throw new Failure(`this Stoa is not empty: there is ${item.pk} ${item.sk}, which this version does not know`, {
      cause,
    });
  }
}

/** Throws a Failure where what people did under the old keys would be lost without a word. */
async function bringKeys({ keys }: Session, wanted: Manifest['keys'], { secrets, withoutSecrets }: RestoreOptions) {
  if (secrets && !same(fingerprints(secrets), wanted))
    throw new Failure('these are not the secrets of this export: give the file that was written with it');
  if (same(fingerprints(await keys.read()), wanted)) return;
  if (secrets) return keys.write(secrets);
  if (!withoutSecrets)
    throw new Failure(
      'this Stoa has other keys than the one that was exported: give them with --secrets FILE, as stoa export --secrets wrote them; ' +
        'or go on with --without-secrets, and everybody is a stranger again, no mail that was asked for is sent, and links in mails sent so far are dead',
    );
}

const same = (one: Manifest['keys'], other: Manifest['keys']) =>
  one.identity === other.identity && one.address === other.address && one.unsubscribe === other.unsubscribe;

type Put = (table: Table, item: StoredItem) => Promise<unknown>;

const put: Put = (table, { pk, sk, ...item }) => table.putIfAbsent({ pk, sk }, item);

async function putAll(table: Table, from: ExportReader, path: string, how: Put = put): Promise<void> {
  let line = 0;
  for await (const items of batches(from.lines(path))) {
    await Promise.all(items.map((text, i) => how(table, itemOf(text, `${path}, line ${line + i + 1}`))));
    line += items.length;
  }
}

async function* batches(lines: AsyncIterable<string>): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const text of lines) {
    batch.push(text);
    if (batch.length < STEP) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** Throws a Failure for what an export never holds: a session, say, or a job. */
function itemOf(text: string, where: string): StoredItem {
  try {
    const item = JSON.parse(text) as StoredItem;
    const place = PLACE[parseKey(item).kind];
    if (place !== 'passing' && place !== 'derived') return item;
    throw new Error(`${item.pk} ${item.sk} belongs into no export`);
  } catch (cause) {
    throw new Failure(`${where}: ${(cause as Error).message}`, { cause });
  }
}

/** Seats that were promised while the export was under way, and not taken yet. */
const completed: Put = async (table, item) => {
  await put(table, item);
  if (parseKey(item).kind === 'wait') await completeApproval(table, item as unknown as WaitItem);
};

async function putArticle(table: Table, from: ExportReader, path: string): Promise<void> {
  const { meta, source } = readArticle(await from.text(path));
  const { id, rev, slug, formerly, created } = meta as unknown as PostItem;
  const newest = bodyKey(id, rev);
  const folder = path.replace(/\.md$/, '');
  await putAll(table, from, `${folder}/revisions.jsonl`, (to, item) =>
    put(to, item.pk === newest.pk && item.sk === newest.sk ? { ...item, source } : item),
  );
  await putAll(table, from, `${folder}/comments.jsonl`);
  for (const name of [slug, ...formerly]) await table.putIfAbsent(slugKey(name), { post: id, at: created });
  await table.putIfAbsent(metaKey(id), meta);
}

async function putMedia({ media }: Session, from: ExportReader): Promise<void> {
  for await (const text of from.lines(MEDIA)) {
    const object = JSON.parse(text) as MediaObject;
    await media.write(object, await from.bytes(object.key));
  }
}
