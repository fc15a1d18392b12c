import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { meter } from './meter.ts';
import { asDocument, asTable, type Interval } from './report.ts';
import { openSite } from './site.ts';

const DOCUMENT = new URL('../../docs/load.md', import.meta.url);

/** Requests a second that are begun, whether those before were answered or not. */
const PHASES = [
  { name: 'quiet', seconds: 10, reads: 20, comments: 1 },
  { name: 'busy', seconds: 20, reads: 50, comments: 5 },
  { name: 'flood', seconds: 15, reads: 50, comments: 40 },
  { name: 'after it', seconds: 20, reads: 20, comments: 1 },
] as const;
const INTERVAL_S = 5;
/** At once; what would be more is not begun. */
const MOST_OPEN = 200;
const RECOVERY_S = 180;
/** A moderator lets in what waits, so many at a time, and so often. */
const VERDICTS = { most: 100, everyMs: 500 };

/** `npm run load`: the whole local system on loopback for about a minute; writes docs/load.md. Exit code 1 when something was lost or never published. */
async function main(): Promise<void> {
  await using site = await openSite();
  const { timed, take } = meter();
  const held: string[] = [];
  const intervals: Interval[] = [];
  let [said, approved, over] = [0, 0, false];

  const moderating = (async () => {
    while (!over || held.length > 0) {
      await sleep(VERDICTS.everyMs);
      const ids = held.splice(0, VERDICTS.most);
      if (ids.length > 0) approved += (await timed('approve', () => site.approve(ids))) ?? 0;
    }
  })();
  const read = () => timed('read', site.read);
  const comment = async (name: string) => {
    const id = await timed('comment', () => site.comment(name));
    if (id === null) return;
    said++;
    held.push(id);
  };
  const note = async (phase: string, dropped = 0) => {
    const backlog = Math.max(0, said - (await site.counted()));
    intervals.push({ phase, ...take(), dropped, backlog, waiting: held.length, megabytes: await site.megabytes() });
  };

  for (const { name, seconds, reads, comments } of PHASES) {
    for (let passed = 0; passed < seconds; passed += INTERVAL_S) {
      const reading = paced(reads, read);
      const speaking = paced(comments, (n) => comment(`P${intervals.length}x${n}`));
      await note(name, (await reading) + (await speaking));
    }
  }
  over = true;
  const started = performance.now();
  await moderating;
  let published = await site.counted();
  while (published < said && performance.now() - started < RECOVERY_S * 1000) {
    await sleep(250);
    published = await site.counted();
  }
  await note('recovered');
  const result = { intervals, said, approved, published, recoveredAfterS: (performance.now() - started) / 1000 };
  console.log(asTable(intervals), `\n\n${said} acknowledged, ${approved} approved, ${published} on the page`);
  await writeFile(DOCUMENT, asDocument(result, PHASES));
  process.exitCode = said === approved && published === said ? 0 : 1;
}

let open = 0;

/** Begins so many a second for one interval, and waits neither for one before the next nor, at the end, for those that are slow. Gives how many it did not begin. */
async function paced(perSecond: number, act: (n: number) => Promise<unknown>): Promise<number> {
  const count = perSecond * INTERVAL_S;
  const start = performance.now();
  let dropped = 0;
  for (let n = 0; n < count; n++) {
    const due = start + (n * 1000) / perSecond;
    if (due > performance.now()) await sleep(due - performance.now());
    if (open >= MOST_OPEN) {
      dropped++;
      continue;
    }
    open++;
    void act(n).finally(() => open--);
  }
  await sleep(Math.max(0, start + INTERVAL_S * 1000 - performance.now()));
  return dropped;
}

await main();
