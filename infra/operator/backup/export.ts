import {
  BODY_PREFIX,
  bodyKey,
  HTML_PREFIX,
  headKey,
  type Key,
  listEntryKey,
  listHeadKey,
  listPk,
  metaKey,
  parseKey,
  postPk,
  segmentPk,
} from '../../../functions/table/keys.ts';
import type { PostItem } from '../../../functions/table/posts.ts';
import { readBody } from '../../../functions/table/revisions.ts';
import { type Head, segmentsOf } from '../../../functions/table/segments.ts';
import { type Item, queryAll, type Table } from '../../../functions/table/table.ts';
import { Failure } from '../../local/failure.ts';
import type { StoredItem } from '../scan.ts';
import type { Session } from '../session.ts';
import { writeArticle } from './article.ts';
import { type ExportFolder, type Growing, openExportFolder } from './export-folder.ts';
import { fingerprints } from './fingerprints.ts';
import { type Kind, PLACE, SHARED } from './kinds.ts';
import { FORMAT, type Manifest, MEDIA } from './manifest.ts';

/** How many segments of one conversation are in memory at once. */
const STEP = 16;
/** Items of a long list, or of a long history. */
const PAGE = 50;

/**
 * Everything that a Stoa is made from, into an empty folder. What was written meanwhile may be in it or not, but nothing
 * in it leans on what is not: whatever points to a seat or a place is read before the item that counts them.
 */
export async function exportTo(dir: string, stoa: Session, now = new Date()): Promise<Manifest['counts']> {
  const folder = openExportFolder(dir);
  const counts: Manifest['counts'] = {};
  const count = (kind: string, n = 1) => {
    counts[kind] = (counts[kind] ?? 0) + n;
  };
  const keys = fingerprints(await stoa.keys.read());
  const { posts, lists } = await exportShared(folder, stoa, count);
  for (const post of posts) await exportArticle(folder, stoa.table, post, count, lists);
  await write(folder, 'lists.jsonl', places(stoa.table, [...lists].toSorted(), count));
  await exportMedia(folder, stoa, count);
  folder.finish({ format: FORMAT, made: now.toISOString(), keys, counts });
  return counts;
}

type Count = (kind: Kind | 'media', n?: number) => void;

/** One pass over the table. Gives the ids of the articles, and the names of the lists. */
async function exportShared(folder: ExportFolder, { scan }: Session, count: Count) {
  const posts: string[] = [];
  const lists = new Set<string>();
  const shared = SHARED.filter((name) => name !== 'lists.jsonl');
  const files = Object.fromEntries(
    await Promise.all(shared.map(async (name) => [name, await folder.file(name)] as const)),
  );
  for await (const items of scan()) {
    const pieces: Record<string, string> = {};
    for (const item of items) {
      const key = keyOf(item);
      if (key.kind === 'meta') posts.push(key.post);
      if (key.kind === 'listHead') lists.add(key.list);
      const place = PLACE[key.kind];
      if (!files[place]) continue;
      pieces[place] = (pieces[place] ?? '') + line(item);
      count(key.kind);
    }
    for (const [place, text] of Object.entries(pieces)) await files[place]?.write(text);
  }
  for (const file of Object.values(files)) await file.close();
  return { posts, lists };
}

function keyOf(item: Key) {
  try {
    return parseKey(item);
  } catch (cause) {
    throw new Failure(
      `the table holds ${item.pk} ${item.sk}, which this version does not know: export with the newest`,
      {
        cause,
      },
    );
  }
}

/** Keys first, and without the marks that are for the stream alone. */
function line({ pk, sk, by, req, ...item }: Item): string {
  const rest = by === 'publisher' || by === 'restore' || by === undefined ? item : { ...item, by };
  return `${JSON.stringify({ pk, sk, ...inOrder(rest) })}\n`;
}

/** The table gives attributes back in any order. */
const inOrder = (item: Item): Item => Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** META first and HEAD last: what META points to is never deleted, and what HEAD counts only grows. */
async function exportArticle(folder: ExportFolder, table: Table, id: string, count: Count, lists: Set<string>) {
  const meta = await table.get<PostItem & Key>(metaKey(id));
  if (!meta) return;
  for (const list of Object.keys(meta.places)) lists.add(list);
  const { pk, sk, by, req, ...rest } = meta as PostItem & StoredItem;
  await write(folder, `posts/${meta.slug}.md`, [writeArticle(inOrder(rest), await readBody(table, meta))]);
  await write(folder, `posts/${meta.slug}/revisions.jsonl`, revisions(table, meta, count));
  await write(folder, `posts/${meta.slug}/comments.jsonl`, conversation(table, id, count));
  count('meta');
}

type Piece = string | Uint8Array;

async function write(folder: ExportFolder, path: string, pieces: Iterable<Piece> | AsyncIterable<Piece>) {
  let file: Growing | undefined;
  for await (const piece of pieces) {
    file ??= await folder.file(path);
    await file.write(piece);
  }
  await file?.close();
}

/** The newest one's text is the article's. What each became comes after them. */
async function* revisions(table: Table, { id, rev }: PostItem, count: Count) {
  for await (const items of pagesOf(table, postPk(id), BODY_PREFIX)) {
    for (const item of items) {
      const { source, ...rest } = item;
      yield line(item.sk === bodyKey(id, rev).sk ? rest : item);
      count('body');
    }
  }
  for await (const items of pagesOf(table, postPk(id), HTML_PREFIX)) {
    for (const item of items) yield line(item);
    count('html', items.length);
  }
}

/** Seats before the segment's control item, as the table sorts them; segments that came meanwhile are gone through as well. */
async function* conversation(table: Table, id: string, count: Count) {
  const done = new Set<string>();
  for (;;) {
    const head = await table.get<Partial<Head> & Item>(headKey(id));
    const left = segmentsOf({ seg: head?.seg ?? 1, over: head?.over ?? 0 }).filter((segment) => !done.has(segment));
    if (left.length === 0) {
      if (head) yield line(head);
      return;
    }
    for (let i = 0; i < left.length; i += STEP) {
      const step = left.slice(i, i + STEP);
      const read = await Promise.all(step.map((segment) => queryAll<Item>(table, { pk: segmentPk(id, segment) })));
      for (const item of read.flat()) {
        yield line(item);
        count(keyOf(item).kind);
      }
      for (const segment of step) done.add(segment);
    }
  }
}

/** After the articles, whose places they count. */
async function* places(table: Table, lists: Iterable<string>, count: Count) {
  for (const list of lists) {
    for await (const items of pagesOf(table, listPk(list), listEntryKey(list, 0).sk.slice(0, 2))) {
      for (const item of items) yield line(item);
      count('listEntry', items.length);
    }
    const head = await table.get<Item>(listHeadKey(list));
    if (head) yield line(head);
    count('listHead', head ? 1 : 0);
  }
}

async function* pagesOf(table: Table, pk: string, prefix: string): AsyncGenerator<StoredItem[]> {
  let after: Item | undefined;
  do {
    const range = { pk, where: 'begins_with(#sk, :prefix)', values: { ':prefix': prefix }, limit: PAGE, after };
    const { items, next } = await table.query<StoredItem>(range);
    yield items;
    after = next;
  } while (after);
}

/** What S3 says of a picture besides its bytes goes into one file for all. */
async function exportMedia(folder: ExportFolder, { media }: Session, count: Count) {
  const told: string[] = [];
  for await (const key of media.keys()) {
    const { body, ...object } = await media.read(key);
    await write(folder, key, [body]);
    told.push(`${JSON.stringify(object)}\n`);
    count('media');
  }
  await write(folder, MEDIA, told);
}
