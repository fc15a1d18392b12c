import { MODEL } from './model.ts';
import operationsFile from './operations.json' with { type: 'json' };
import priceFile from './prices.json' with { type: 'json' };

export interface Traffic {
  /** A month. */
  views: number;
  comments: number;
}

export interface Line {
  what: string;
  quantity: number;
  /** Dollars, for so many. */
  price: { dollars: number; per: number; unverified: boolean };
  /** Without any free tier. */
  dollars: number;
  /** What is left beyond what AWS gives every account every month. */
  afterFree: number;
}

export interface Bill {
  lines: Line[];
  dollars: number;
  afterFree: number;
}

type PriceName = keyof typeof priceFile.prices;
type Quantities = Partial<Record<PriceName, number>>;
type Operation = keyof typeof operationsFile.operations;

const NAMES: Record<PriceName, string> = {
  'cloudfront-gb': 'CloudFront, GB sent',
  'cloudfront-request': 'CloudFront, requests',
  'cloudfront-function': 'CloudFront, edge functions',
  's3-get': 'S3, GET and HEAD',
  's3-put': 'S3, PUT',
  'api-request': 'HTTP API, requests',
  'lambda-request': 'Lambda, invocations',
  'lambda-gb-second': 'Lambda, GB-seconds',
  'table-write': 'DynamoDB, write units',
  'table-read': 'DynamoDB, read units',
  'log-gb': 'CloudWatch, GB of logs',
  'secret-month': 'Secrets Manager, secrets',
  'alarm-month': 'CloudWatch, alarms',
  'gateway-gb': 'API Gateway, GB sent',
};

export const PRICES_OF = priceFile.date;

/** A month of Stoa. `standing` off: only what views and comments add to it. */
export const reckon = (traffic: Traffic, { standing = true } = {}): Bill =>
  bill(plus(ofViews(traffic.views), ofComments(traffic.comments), standing ? ofMonth() : {}));

/** A month of the same with a function and the table behind each view, and no finished pages. */
export const reckonNaive = ({ views, comments }: Traffic): Bill => {
  const { documentBytes } = MODEL.view;
  const runs = views + comments;
  return bill({
    'api-request': runs,
    'lambda-request': runs,
    'lambda-gb-second': (views * MODEL.naive.viewSeconds + comments * MODEL.comment.seconds.submit) * MODEL.memoryGb,
    'table-read': views * read('publish, seated') + comments * read('submit, seated'),
    'table-write': comments * written('submit, seated'),
    'gateway-gb': (views * documentBytes) / 1e9,
    'log-gb': (runs * MODEL.logBytes) / 1e9,
  });
};

/** So many comments that are held, and that nobody looks at: the most that a flood of strangers takes, were none of it refused. */
export function reckonHeld(comments: number): Bill {
  return bill({
    'cloudfront-request': comments,
    'cloudfront-function': comments * MODEL.view.edgeFunctions,
    'api-request': comments,
    'lambda-request': comments,
    'lambda-gb-second': comments * MODEL.comment.seconds.submit * MODEL.memoryGb,
    'table-read': comments * read('submit, held'),
    'table-write': comments * written('submit, held'),
    'log-gb': (comments * MODEL.logBytes) / 1e9,
  });
}

function ofViews(views: number): Quantities {
  const { documentBytes, moduleShare, moduleBytes, missShare, edgeFunctions } = MODEL.view;
  const requests = views * (1 + moduleShare);
  return {
    'cloudfront-gb': (views * (documentBytes + moduleShare * moduleBytes)) / 1e9,
    'cloudfront-request': requests,
    'cloudfront-function': requests * edgeFunctions,
    's3-get': requests * missShare,
  };
}

function ofComments(comments: number): Quantities {
  const { heldShare, formShare, seconds } = MODEL.comment;
  const held = comments * heldShare;
  const seated = comments - held;
  const receipts = comments * formShare;
  const times: [Operation, number][] = [
    ['submit, held', held],
    ['moderate, approve', held],
    ['publish, approved', held],
    ['submit, seated', seated],
    ['publish, seated', seated],
    ['read a receipt', receipts],
  ];
  const sum = (units: (operation: Operation) => number) => times.reduce((all, [name, n]) => all + units(name) * n, 0);
  const requests = comments + held + receipts;
  return {
    'cloudfront-request': requests,
    'cloudfront-function': requests * MODEL.view.edgeFunctions,
    'api-request': requests,
    'lambda-request': requests + comments,
    'lambda-gb-second':
      (comments * (seconds.submit + seconds.publish) + (held + receipts) * seconds.moderate) * MODEL.memoryGb,
    'table-read': sum(read),
    'table-write': sum(written),
    's3-put': sum((name) => operation(name).put ?? 0),
    's3-get': sum((name) => operation(name).head ?? 0),
    'log-gb': ((requests + comments) * MODEL.logBytes) / 1e9,
  };
}

function ofMonth(): Quantities {
  const { scheduleRuns, scheduleSeconds, scheduleMemoryGb, secrets, alarms } = MODEL.month;
  return {
    'lambda-request': scheduleRuns,
    'lambda-gb-second': scheduleRuns * scheduleSeconds * scheduleMemoryGb,
    'table-read': scheduleRuns * read('schedule, nothing due'),
    'log-gb': (scheduleRuns * MODEL.logBytes) / 1e9,
    'secret-month': secrets,
    'alarm-month': alarms,
  };
}

interface Units {
  rcu: number;
  wcu: number;
  index: number;
  refused: number;
  put?: number;
  head?: number;
}

const operation = (name: Operation): Units => operationsFile.operations[name];
const read = (name: Operation): number => operation(name).rcu;

/** A refused write is charged too: as one unit here, which is what it costs where the item it met is under 1 KB. */
function written(name: Operation): number {
  const { wcu, index, refused } = operation(name);
  return wcu + index + refused;
}

function plus(...all: readonly Quantities[]): Quantities {
  const sums: Quantities = {};
  for (const quantities of all) {
    for (const [name, n] of Object.entries(quantities) as [PriceName, number][]) sums[name] = (sums[name] ?? 0) + n;
  }
  return sums;
}

function bill(quantities: Quantities): Bill {
  const lines = (Object.entries(quantities) as [PriceName, number][]).map(([name, quantity]): Line => {
    const { dollars, per, free, unverified }: Price = priceFile.prices[name];
    const cost = (n: number) => (Math.max(0, n) / per) * dollars;
    return {
      what: NAMES[name],
      quantity,
      price: { dollars, per, unverified: unverified ?? false },
      dollars: cost(quantity),
      afterFree: cost(quantity - (free ?? 0)),
    };
  });
  const total = (of: (line: Line) => number) => lines.reduce((sum, line) => sum + of(line), 0);
  return { lines, dollars: total(({ dollars }) => dollars), afterFree: total(({ afterFree }) => afterFree) };
}

interface Price {
  dollars: number;
  per: number;
  free?: number;
  source: string;
  unverified?: boolean;
}
