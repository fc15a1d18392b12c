import { mainSegment } from '../domain/thread.ts';
import { findAuthor, findTerm } from '../table/authors.ts';
import type { Sweep } from '../table/keys.ts';
import { authorList, categoryList, entries, pageOf, places } from '../table/lists.ts';
import { getPost } from '../table/posts.ts';
import { readHead, segmentsDown } from '../table/segments.ts';
import { advanceSweep, beginSweep, readSweep } from '../table/sweeps.ts';
import type { Table } from '../table/table.ts';
import type { Page } from './page.ts';
import { type Press, publish } from './publish.ts';

type Reader = Pick<Press, 'table' | 'pace'>;

/** All the pages of a sweep, where one step will do; else it is begun, and its record is the first step's occasion. */
export async function inOneStep({ table, pace }: Reader, sweep: Sweep): Promise<Page[]> {
  // Read before the top: what is added above it meanwhile is younger than the goal, and made from its own records.
  const goal = await goalOf(table, sweep);
  const top = await topOf(table, sweep);
  const { pages, next } = await stepOf({ table, pace }, sweep, top);
  if (next === null) return pages;
  await beginSweep(table, sweep, { goal, next: top });
  return [];
}

/**
 * One step of a sweep, of as many pages however long it is. The note of how far it has come is a record of the stream
 * again, and so the next step follows; whoever repeats a step, or comes late, makes pages from the table as it is now.
 * Gives the pages.
 */
export async function sweepOn(press: Press, sweep: Sweep): Promise<Page[]> {
  const item = await readSweep(press.table, sweep);
  if (!item || item.next === null) return [];
  const { pages, next } = await stepOf(press, sweep, item.next);
  await publish(press, pages);
  await advanceSweep(press.table, sweep, item, next);
  return pages;
}

async function goalOf(table: Table, { of, id }: Sweep): Promise<string> {
  if (of === 'author') return String((await findAuthor(table, id))?.ver);
  if (of === 'category') return String((await findTerm(table, id))?.ver);
  const post = await getPost(table, id);
  return `${post?.tv} ${post?.site ?? 0}`;
}

async function topOf(table: Table, { of, id }: Sweep): Promise<string> {
  if (of === 'post') return mainSegment((await readHead(table, id)).seg);
  return String(await places(table, listOf(of, id)));
}

interface Step {
  pages: Page[];
  /** Where the rest begins; null: there is none. */
  next: string | null;
}

async function stepOf({ table, pace }: Reader, { of, id }: Sweep, from: string): Promise<Step> {
  if (of !== 'post') return listStep(table, listOf(of, id), Number(from), pace, of === 'author');
  const { segments, next } = segmentsDown(await readHead(table, id), from, pace);
  return { pages: segments.map((segment) => ({ kind: 'segment', post: id, segment })), next };
}

const listOf = (of: 'author' | 'category', slug: string) => (of === 'author' ? authorList(slug) : categoryList(slug));

/** The list's pages with so many places from one downward, and `articles` too that stand there. */
async function listStep(table: Table, list: string, from: number, count: number, articles: boolean): Promise<Step> {
  const to = Math.max(1, from - count + 1);
  const posts = articles && from > 0 ? await entries(table, list, to, from) : [];
  const pages: Page[] = posts.map(({ post }) => ({ kind: 'post', post }));
  for (let page = pageOf(to); page <= pageOf(from); page++) pages.push({ kind: 'list', list, page });
  return { pages, next: to > 1 ? String(to - 1) : null };
}
