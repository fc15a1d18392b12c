import { MODEL } from '../cost/model.ts';
import priceFile from '../cost/prices.json' with { type: 'json' };
import { AWS, LIFTED, type Own, SHIPPED } from './limits.ts';
import { highest, type Outcome, simulate } from './simulate.ts';

const HOUR = 3_600;
const MONTH = 30 * 24 * HOUR;

/** A month of a lively blog: the one that the others are multiples of. */
const LIVELY = { views: 100_000, comments: 1_000 };
/** The busiest hour has so much more than the mean, all of it on one article. */
const PEAK = 20;

const lifted = (over: Partial<Own>): Own => ({ ...SHIPPED, ...over });

/** As they would be lifted, one after the other. */
const LIFTS: readonly [string, Own][] = [
  ['as shipped', SHIPPED],
  ['limits.post off', lifted({ article: null })],
  ['and limits.throttle.comment off', lifted({ article: null, route: null })],
  ['and the table’s maximums off', LIFTED],
  ['and a publisher ten times as slow', { ...LIFTED, slowness: 10 }],
];

/** docs/scale.md has it as it is printed by `npm run scale`. */
export const report = (): string => [ceilings(), hours(), crowd()].join('\n\n');

function ceilings(): string {
  return table(
    ['one article', 'comments a second', 'what gives first'],
    LIFTS.map(([name, own]) => {
      const { perSecond, refusing } = highest(own);
      return [name, figure(perSecond), refusing];
    }),
  );
}

const ofMonth = (factor: number) => (LIVELY.comments * factor * PEAK) / MONTH;

const HOURS: readonly [string, number][] = [
  ['1×, the busiest hour', ofMonth(1)],
  ['10×, the busiest hour', ofMonth(10)],
  ['1,000×, the busiest hour', ofMonth(1_000)],
  ['a million readers, 1 in 100 writes', 10_000 / HOUR],
  ['a million readers, 1 in 10 writes', 100_000 / HOUR],
];

function hours(): string {
  const settings: readonly [string, Own][] = [
    ['as shipped', SHIPPED],
    ['all lifted', LIFTED],
  ];
  const rows = HOURS.flatMap(([name, perSecond]) =>
    settings.map(([limits, own]) => row(name, limits, simulate({ perSecond, seconds: HOUR }, own))),
  );
  return table(
    [
      'an hour on one article',
      'limits',
      'offered',
      'accepted',
      'refused by',
      'lag, median',
      'lag, most',
      'most WCU/s',
      'most PUT/s',
    ],
    rows,
  );
}

function row(name: string, limits: string, { offered, accepted, refused, lag, most }: Outcome): string[] {
  const [by] = Object.entries(refused).toSorted(([, a], [, b]) => b - a);
  return [
    name,
    limits,
    figure(offered),
    figure(accepted),
    by?.[0] ?? '',
    `${figure(lag.median)} s`,
    `${figure(lag.most)} s`,
    figure(most.writes),
    figure(most.puts),
  ];
}

/** Each reads for so long with the page in sight, and asks for its ETag every ten seconds while people write. */
const STAY = { minutes: 5, everySeconds: 10 };
/** CloudFront's places, each with a cache of its own, and how long a page is fresh in one (functions/publisher/store.ts). */
const EDGE = { places: 700, freshSeconds: 5 };

function crowd(): string {
  const readers = 1_000_000;
  const asks = (STAY.minutes * 60) / STAY.everySeconds;
  const requests = readers * (1 + MODEL.view.moduleShare + asks);
  const bytes = readers * (MODEL.view.documentBytes * (1 + asks) + MODEL.view.moduleShare * MODEL.view.moduleBytes);
  const perSecond = requests / HOUR;
  const { prices } = priceFile;
  const dollars =
    (requests / prices['cloudfront-request'].per) * prices['cloudfront-request'].dollars +
    ((requests * MODEL.view.edgeFunctions) / prices['cloudfront-function'].per) *
      prices['cloudfront-function'].dollars +
    (bytes / 1e9) * prices['cloudfront-gb'].dollars;
  return table(
    ['a million readers in an hour', 'figure', 'limit', 'of it'],
    [
      [
        'requests a second at the edge',
        figure(perSecond),
        figure(AWS.edgeRequests),
        share(perSecond / AWS.edgeRequests),
      ],
      [
        'Gbit a second from the edge',
        figure((bytes * 8) / HOUR / 1e9),
        figure(AWS.edgeBits / 1e9),
        share((bytes * 8) / HOUR / AWS.edgeBits),
      ],
      [
        'GET a second of one object, at the worst',
        figure(EDGE.places / EDGE.freshSeconds),
        figure(AWS.prefixGets),
        share(EDGE.places / EDGE.freshSeconds / AWS.prefixGets),
      ],
      ['Lambda and table for reading', '0', '', ''],
      ['CloudFront’s bill for the hour, no free tier', `$${figure(dollars)}`, '', ''],
    ],
  );
}

const share = (part: number) => `${figure(part * 100)}%`;
const figure = (n: number) =>
  new Intl.NumberFormat('en', n >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 2 }).format(n);

const table = (head: string[], rows: string[][]): string =>
  [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
