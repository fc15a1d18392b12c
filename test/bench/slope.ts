import type { DynamoDBRecord } from 'aws-lambda';
import type { Store } from '../../functions/publisher/store.ts';
import { publishRecords } from '../../functions/publisher.ts';
import { seat } from '../../functions/table/comments.ts';
import { counterKey, ctlKey, headKey } from '../../functions/table/keys.ts';
import type { PostItem } from '../../functions/table/posts.ts';
import { segmentIndex } from '../../functions/table/segments.ts';
import type { Table } from '../../functions/table/table.ts';
import { publishedPost, said } from '../support/content.ts';
import { openWorld, type World } from '../support/world.ts';
import { type Figure, median } from './figure.ts';
import { prose } from './prose.ts';
import { seeded } from './random.ts';

const ROOTS = 16;
const SEATS = 40;
const BESIDE = 12;
/** In the open segment, before the comment that is measured. */
const FILL = 12;
const WITHIN = 1.05;
const ROUNDS = 80;

/** Conversations as they stand when the open segment has FILL comments; the first of each kind is what the others are held to. */
const ALONG = [6, 625, 62_500].map((full) => ({
  what: `comment ${number(full * ROOTS + FILL + 1)} of an article`,
  grow: (world: World, post: PostItem) => growRoots(world, post, full),
}));
const BELOW = [2, 250].map((overflows) => ({
  what: `reply ${number(BESIDE + (overflows - 1) * SEATS + FILL + 1)} to one comment`,
  grow: (world: World, post: PostItem) => growReplies(world, post, overflows),
}));

/** Budget 10: what seating and publishing one comment takes, the longer the conversation before it. */
export async function measureSlope(quick: boolean): Promise<Figure[]> {
  return [...(await ofKind(ALONG, quick)), ...(await ofKind(BELOW, quick))];
}

interface Kind {
  what: string;
  /** Gives the comment that is answered; null: none is. */
  grow(world: World, post: PostItem): Promise<string | null>;
}

async function ofKind(kind: readonly Kind[], quick: boolean): Promise<Figure[]> {
  const figures: Figure[] = [];
  const costs = [];
  for (const { what, grow } of kind) costs.push({ what, cost: await costOf(grow, quick) });
  const [first] = costs;
  if (!first) return [];
  for (const { what, cost } of costs) {
    const held = cost !== first.cost;
    const over = (of: (from: Cost) => number) => Math.round((of(cost) / of(first.cost)) * 100) / 100;
    const row = (name: string, value: number, unit: Figure['unit'], limit: number | null): Figure => ({
      budget: 10,
      what: name,
      value,
      unit,
      limit,
      anchor: '',
    });
    figures.push(
      row(`${what}: requests to table and bucket`, cost.requests, 'operations', held ? first.cost.requests : null),
    );
    figures.push(
      row('… bytes read and written', cost.bytes, 'bytes', held ? Math.floor(first.cost.bytes * WITHIN) : null),
    );
    if (quick) continue;
    const cpu = over((from) => from.cpu);
    if (held) figures.push(row('… CPU of making its pages, over the first', cpu, 'times', WITHIN));
    else figures.push({ ...row('… making its pages', Math.round(cost.ms * 10) / 10, 'ms', 50), budget: 11 });
  }
  return figures;
}

interface Cost {
  requests: number;
  bytes: number;
  /** Microseconds, of the quietest tenth. */
  cpu: number;
  ms: number;
}

async function costOf(grow: Kind['grow'], quick: boolean): Promise<Cost> {
  await using world = await openWorld();
  const random = seeded(4);
  const post = await publishedPost(world.table);
  const publishNew = async (press = world.press()) => {
    const fresh = (await world.records()).slice(published);
    published += fresh.length;
    const { batchItemFailures } = await publishRecords(press, fresh);
    if (batchItemFailures.length > 0) throw new Error('what was said was not published');
    return fresh;
  };
  let published = 0;
  await publishNew();
  const root = await grow(world, post);
  const parent = root === null ? null : { at: root, root: null };
  const say = (table: Table, i: number) => seat(table, said(post, prose(random, 280), { parent, person: `p${i}` }));
  for (let i = 0; i < FILL; i++) await say(world.table, i);
  await publishNew();

  const count = { requests: 0, bytes: 0 };
  await say(counting(world.table, count), FILL);
  const press = world.press();
  const counted = { table: counting(press.table, count), store: countingStore(press.store, count) };
  const fresh = await publishNew(world.press(counted));
  return { ...count, ...(quick ? { cpu: 0, ms: 0 } : await again(world, fresh)) };
}

/** The same pages, made again and again for a bucket that has none of them. */
async function again(world: World, records: DynamoDBRecord[]): Promise<{ cpu: number; ms: number }> {
  const store: Store = { etag: async () => null, put: async () => true };
  const [cpus, times]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const [cpu, at] = [process.cpuUsage(), performance.now()];
    await publishRecords(world.press({ store }), records);
    const { user, system } = process.cpuUsage(cpu);
    cpus.push(user + system);
    times.push(performance.now() - at);
  }
  return { cpu: cpus.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 10)] ?? Number.NaN, ms: median(times) };
}

/** Every request, what it asks and what it is answered. */
function counting(table: Table, count: { requests: number; bytes: number }): Table {
  const counted =
    (name: keyof Table) =>
    async (...asked: unknown[]) => {
      const answer = await (table[name] as (...asked: unknown[]) => Promise<unknown>)(...asked);
      count.requests += 1;
      count.bytes += JSON.stringify([asked, answer]).length;
      return answer;
    };
  return Object.fromEntries(
    (Object.keys(table) as (keyof Table)[]).map((name) => [name, counted(name)]),
  ) as unknown as Table;
}

function countingStore({ etag, put }: Store, count: { requests: number; bytes: number }): Store {
  return {
    etag(key) {
      count.requests += 1;
      return etag(key);
    },
    put(page, over) {
      count.requests += 1;
      count.bytes += Buffer.byteLength(page.html);
      return put(page, over);
    },
  };
}

/** So many full segments before the open one: its HEAD, and the registers above it. Their own items are read by nobody who comments. */
async function growRoots({ table }: World, post: PostItem, full: number): Promise<null> {
  await table.put(headKey(post.id), { seg: full + 1, over: 0 });
  await raise(
    table,
    post,
    `${full + 1}`,
    Array.from({ length: full }, (_, i) => [segmentIndex(`${i + 1}`), ROOTS]),
  );
  return null;
}

/** A root with its first replies, and so many overflow segments of them, of which the last is open. */
async function growReplies({ table }: World, post: PostItem, overflows: number): Promise<string> {
  const root = await seat(table, said(post, 'The root of it all.', { person: 'root' }));
  const last = `t${overflows}`;
  const before = `t${overflows - 1}`;
  const thr = { 1: { first: 't1', last, pages: overflows } };
  await table.put(ctlKey(post.id, '1'), {
    n: 1 + BESIDE,
    roots: 1,
    bytes: 4_000,
    k: { 1: BESIDE },
    thr,
    ver: 1 + overflows,
  });
  const empty = { roots: 0, k: {}, thr: {}, root };
  await table.put(ctlKey(post.id, before), { ...empty, n: SEATS, bytes: 12_000, ver: 2, next: last });
  await table.put(ctlKey(post.id, last), { ...empty, n: 0, bytes: 0, ver: 1, prev: before });
  await table.put(headKey(post.id), { seg: 1, over: overflows });
  const full = Array.from({ length: overflows - 1 }, (_, i) => [segmentIndex(`t${i + 1}`), SEATS] as const);
  await raise(table, post, last, full);
  return root;
}

/** The nodes of the counters above `segment`, as the leaves before it have left them. */
async function raise(table: Table, post: PostItem, segment: string, leaves: readonly (readonly number[])[]) {
  let level: Map<number, number> = new Map(leaves.map(([index = 0, n = 0]) => [index, n]));
  let open = segmentIndex(segment);
  for (const height of [1, 2, 3]) {
    const node = Math.floor(open / 100);
    const children = [...level].filter(([index]) => Math.floor(index / 100) === node);
    const c = Object.fromEntries(children.map(([index, n]) => [String(index % 100), [n, n]]));
    if (children.length > 0) await table.put(counterKey(post.id, height, node), { c });
    const above = new Map<number, number>();
    for (const [index, n] of level) above.set(Math.floor(index / 100), (above.get(Math.floor(index / 100)) ?? 0) + n);
    [level, open] = [above, node];
  }
}

function number(n: number): string {
  return new Intl.NumberFormat('en').format(n);
}
