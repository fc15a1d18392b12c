import type { Blog } from './blog.ts';
import type { Figure } from './figure.ts';

const COMMENTS = 30;
const LOOK_EVERY_MS = 10;

/** Budget 11: from a comment's acceptance until its article is served with it, through the stream's poll and window. */
export async function measureLag(blog: Blog): Promise<Figure[]> {
  await blog.published();
  const lags: number[] = [];
  for (let i = 0; i < COMMENTS; i++) {
    const before = await tagOf(blog.url);
    await blog.conversation.growTo(blog.conversation.sources.length + 1);
    const accepted = performance.now();
    while ((await tagOf(blog.url)) === before) await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
    lags.push(performance.now() - accepted);
  }
  const sorted = lags.toSorted((a, b) => a - b);
  const figure = (what: string, value: number | undefined, limit: number): Figure => ({
    budget: 11,
    what,
    value: Math.round(value ?? Number.NaN),
    unit: 'ms',
    limit,
    anchor: 'poll 250 ms + window 1 s',
  });
  return [
    figure(`accepted to published, median of ${COMMENTS}`, sorted[Math.floor(COMMENTS / 2)], 1_500),
    figure('… the slowest', sorted.at(-1), 5_000),
  ];
}

async function tagOf(url: string): Promise<string | null> {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  return answer.headers.get('etag');
}
