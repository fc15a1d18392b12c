import lighthouse from 'lighthouse';
import { launchBrowser } from '../support/browser.ts';
import { freePort } from '../support/free-port.ts';
import type { Blog } from './blog.ts';
import { type Figure, median } from './figure.ts';

const RUNS = 5;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

/** Budget 4: Lighthouse as on a phone, on an article with its conversation; the medians of five runs. */
export async function measureLighthouse(blog: Blog): Promise<Figure[]> {
  await blog.published();
  const port = await freePort();
  await using _browser = await launchBrowser([`--remote-debugging-port=${port}`]);
  const runs: Run[] = [];
  for (let run = 0; run < RUNS; run++) runs.push(await once(blog.url, port));
  const of = (pick: (run: Run) => number) => Math.round(median(runs.map(pick)));
  const figure = (what: string, value: number, unit: Figure['unit'], bound: Partial<Figure>): Figure => ({
    budget: 4,
    what,
    value,
    unit,
    limit: null,
    anchor: '',
    ...bound,
  });
  return [
    figure(
      'largest contentful paint',
      of(({ lcp }) => lcp),
      'ms',
      { limit: 1_000, anchor: 'static page 900' },
    ),
    figure(
      'total blocking time',
      of(({ tbt }) => tbt),
      'ms',
      { limit: 0 },
    ),
    ...CATEGORIES.map((name) =>
      figure(
        name,
        of(({ scores }) => scores[name]),
        'points',
        { least: 100 },
      ),
    ),
  ];
}

interface Run {
  lcp: number;
  tbt: number;
  scores: Record<(typeof CATEGORIES)[number], number>;
}

async function once(url: string, port: number): Promise<Run> {
  const result = await lighthouse(url, { port, output: 'json', logLevel: 'silent', onlyCategories: [...CATEGORIES] });
  if (!result) throw new Error('Lighthouse gave nothing');
  const { audits, categories } = result.lhr;
  const value = (audit: string) => audits[audit]?.numericValue ?? Number.NaN;
  const scores = CATEGORIES.map((name) => [name, (categories[name]?.score ?? 0) * 100] as const);
  return {
    lcp: value('largest-contentful-paint'),
    tbt: value('total-blocking-time'),
    scores: Object.fromEntries(scores) as Run['scores'],
  };
}
