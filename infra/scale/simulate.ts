import { AWS, BATCH, COMMENT, type Own } from './limits.ts';

export interface Offered {
  /** Comments a second on one article, all seated at once. */
  perSecond: number;
  seconds: number;
  /** After so many seconds nobody comes any more. */
  until?: number;
  seed?: number;
}

export type Limit =
  | 'article quota'
  | 'route throttle'
  | 'table writes'
  | 'table reads'
  | 'segment partition'
  | 'bucket partition'
  | 'stream';

export interface Outcome {
  offered: number;
  accepted: number;
  /** What turned comments away, and how many. */
  refused: Partial<Record<Limit, number>>;
  /** Seconds from a comment's acceptance until it is on the page. */
  lag: { median: number; most: number };
  /** Accepted and not on the page when the time was over. */
  waiting: number;
  published: number;
  batches: number;
  /** The most in any second. */
  most: { writes: number; reads: number; puts: number; segmentWrites: number; bucketWrites: number };
}

/**
 * One hot article, second by second: comments come at random moments, pass Stoa's own limits and AWS's, and go through one
 * shard's batches to the page. What is refused is not sent again. DynamoDB's burst credit is left out, to the careful side.
 */
export function simulate({ perSecond, seconds, until = seconds, seed = 1 }: Offered, own: Own): Outcome {
  const next = random(seed);
  const article = bucket(own.article);
  const route = bucket(own.route);
  const refused: Outcome['refused'] = {};
  const refuse = (by: Limit) => {
    refused[by] = (refused[by] ?? 0) + 1;
    return false;
  };
  const waiting: number[] = [];
  const lags: number[] = [];
  const most = { writes: 0, reads: 0, puts: 0, segmentWrites: 0, bucketWrites: 0 };
  let [offered, accepted, batches, busyUntil] = [0, 0, 0, 0];

  for (let second = 0; second < seconds; second++) {
    const used = { writes: 0, reads: 0, puts: 0, segmentWrites: 0, bucketWrites: 0 };
    const room = (writes: number, reads: number) =>
      used.writes + writes > (own.tableWrites ?? Number.POSITIVE_INFINITY)
        ? 'table writes'
        : used.reads + reads > (own.tableReads ?? Number.POSITIVE_INFINITY)
          ? 'table reads'
          : null;
    const use = (writes: number, reads: number) => {
      used.writes += writes;
      used.reads += reads;
    };
    const submit = (): boolean => {
      offered++;
      if (!route(second)) return refuse('route throttle');
      const full = room(COMMENT.writes, COMMENT.reads);
      if (full) return refuse(full);
      if (used.bucketWrites + COMMENT.bucketWrites > AWS.partitionWrites) return refuse('bucket partition');
      used.bucketWrites += COMMENT.bucketWrites;
      if (!article(second)) {
        use(COMMENT.bucketWrites, COMMENT.reads / 2);
        return refuse('article quota');
      }
      if (used.segmentWrites + COMMENT.segmentWrites > AWS.partitionWrites) return refuse('segment partition');
      used.segmentWrites += COMMENT.segmentWrites;
      use(COMMENT.writes, COMMENT.reads);
      return true;
    };
    const publish = (): boolean => {
      const [oldest] = waiting;
      if (oldest === undefined || busyUntil >= second + 1) return false;
      const due = waiting.length >= BATCH.comments || oldest + BATCH.window <= second;
      if (!due) return false;
      const batch = waiting.slice(0, BATCH.comments);
      const segments = BATCH.segments(batch.length);
      if (room(BATCH.writes(segments), BATCH.reads(segments))) return false;
      use(BATCH.writes(segments), BATCH.reads(segments));
      used.puts += BATCH.puts(segments);
      busyUntil = Math.max(busyUntil, second) + BATCH.seconds(segments) * own.slowness;
      waiting.splice(0, batch.length);
      lags.push(...batch.map((at) => busyUntil - at));
      batches++;
      return true;
    };

    // Submitters and the publisher take turns at what the table has.
    let coming = second < until ? poisson(next, perSecond) : 0;
    for (let going = true; coming > 0 || going; ) {
      if (coming > 0) {
        coming--;
        if (submit()) {
          accepted++;
          waiting.push(second + next());
        }
      }
      going = publish();
    }
    for (const name of Object.keys(most) as (keyof typeof most)[]) most[name] = Math.max(most[name], used[name]);
  }
  const sorted = lags.toSorted((a, b) => a - b);
  const lag = { median: sorted[Math.floor(sorted.length / 2)] ?? 0, most: sorted.at(-1) ?? 0 };
  return { offered, accepted, refused, lag, waiting: waiting.length, published: lags.length, batches, most };
}

/** The most comments a second of which 99 in 100 are accepted and on the page within 10 seconds, over twenty minutes. */
export function highest(own: Own): { perSecond: number; refusing: Limit } {
  const holds = (perSecond: number) => {
    const { offered, accepted, lag, waiting } = simulate({ perSecond, seconds: 1_200 }, own);
    return accepted >= offered * 0.99 && lag.most < 10 && waiting <= perSecond * 10 + 1;
  };
  let [low, high] = [0, 1_000];
  while (high - low > Math.max(0.05, low / 200)) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  const { refused } = simulate({ perSecond: high * 1.05, seconds: 1_200 }, own);
  const [first] = (Object.entries(refused) as [Limit, number][]).toSorted(([, a], [, b]) => b - a);
  return { perSecond: low, refusing: first?.[0] ?? 'stream' };
}

/** Filled at first, and with so many a second. */
function bucket(rate: { perSecond: number; burst: number } | null): (second: number) => boolean {
  if (!rate) return () => true;
  let [left, at] = [rate.burst, 0];
  return (second) => {
    left = Math.min(rate.burst, left + (second - at) * rate.perSecond);
    at = second;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}

function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** How many come in a second; gaps between them are exponential. */
function poisson(next: () => number, mean: number): number {
  const gap = () => -Math.log(1 - next()) / mean;
  let n = 0;
  for (let at = gap(); at < 1; at += gap()) n++;
  return n;
}
