import { readEnv } from './env.ts';
import { log } from './log.ts';
import { spread } from './schedule/spread.ts';
import { readJob, saveJob } from './table/jobs.ts';
import { listPosts, publishPost, touchPost } from './table/posts.ts';
import { openTable, type Table } from './table/table.ts';

const JOB = 'years';
const DAY_MS = 86_400_000;
/** Of days without a run; a year has every anniversary. */
const CATCH_UP_DAYS = 366;

/** Each minute: posts whose hour has come are published, what changed about the site reaches its pages, and once a day those whose year turned are made anew. */
export async function handler(): Promise<void> {
  await runSchedule(openTable(readEnv().table), new Date());
}

export async function runSchedule(table: Table, now: Date): Promise<void> {
  const due = { to: `${now.toISOString()}~`, oldestFirst: true };
  for (const kind of ['post', 'page'] as const) {
    const { posts } = await listPosts(table, 'scheduled', { ...due, kind });
    for (const post of posts) {
      // One that cannot be published holds up neither the others nor the years; the next minute tries again.
      await publishPost(table, post, post.date, now).catch((cause) =>
        log.error('not scheduled', { slug: post.slug }, cause),
      );
    }
  }
  await spread(table);
  await turnYears(table, now);
}

async function turnYears(table: Table, now: Date): Promise<void> {
  const today = dayOf(now);
  const last = (await readJob<string>(table, JOB)) ?? dayOf(new Date(now.getTime() - DAY_MS));
  if (last >= today) return;
  const days = Math.min(CATCH_UP_DAYS, Math.round((Date.parse(today) - Date.parse(last)) / DAY_MS));
  for (let back = days - 1; back >= 0; back--) await turn(table, new Date(Date.parse(today) - back * DAY_MS), today);
  await saveJob(table, JOB, today);
}

async function turn(table: Table, day: Date, today: string): Promise<void> {
  const oldest = await oldestYear(table, day.getUTCFullYear());
  for (let year = day.getUTCFullYear() - 1; year >= oldest; year--) {
    for (const date of anniversaries(day, year)) {
      const { posts } = await listPosts(table, 'published', { from: date, to: `${date}~` });
      for (const post of posts) await touchPost(table, post.id, today);
    }
  }
}

/** Of the published posts; an entry of the index may be late, and its post withdrawn. */
async function oldestYear(table: Table, thisYear: number): Promise<number> {
  let after: Awaited<ReturnType<typeof listPosts>>['next'];
  do {
    const { posts, next } = await listPosts(table, 'published', { limit: 1, oldestFirst: true, after });
    const date = posts[0]?.date;
    if (date) return Number(date.slice(0, 4));
    after = next;
  } while (after);
  return thisYear;
}

/** The same day in an earlier year; on 1 March of a common year, 29 February too. */
function anniversaries(day: Date, year: number): string[] {
  const monthDay = dayOf(day).slice(5);
  const leaps = monthDay === '03-01' && dayOf(new Date(Date.UTC(day.getUTCFullYear(), 1, 29))).endsWith('03-01');
  return [`${year}-${monthDay}`, ...(leaps ? [`${year}-02-29`] : [])];
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10);
