import type { Key } from './keys.ts';
import { bucketKey } from './keys.ts';
import type { Table } from './table.ts';

export interface Rate {
  perMinute: number;
  burst: number;
  /** Of one UTC day; counted only where the bucket is one day's. */
  perDay?: number;
}

/** What stands for somebody's address on a day, and on the day before. */
export interface Somebody {
  today: string;
  yesterday(): string;
}

interface BucketItem {
  /** When the bucket is empty again, in milliseconds: GCRA's theoretical arrival time. */
  tat: number;
  /** How many it admitted. */
  n: number;
}

const DAY_MS = 86_400_000;

/** Access pattern `charge an article`: one or two conditional UpdateItem. Null: admitted; else the seconds until the next may come. */
export const chargePost = (table: Table, post: string, rate: Rate, now: Date) =>
  charge(table, bucketKey('post', post), rate, now.getTime());

/** Access pattern `charge an account`: as `charge`. Null: admitted; else the seconds until the next may come. */
export const chargeAccount = (table: Table, scope: string, account: string, rate: Rate, now: Date) =>
  charge(table, bucketKey(scope, account), rate, now.getTime());

/**
 * Access pattern `charge an address`: as an article, on a bucket of the day. Just after midnight the bucket of the day
 * before is read once more, so that the new day forgives nothing.
 */
export async function chargeAddress(
  table: Table,
  scope: string,
  { today, yesterday }: Somebody,
  rate: Rate,
  now: Date,
): Promise<number | null> {
  const at = now.getTime();
  const recent = at % DAY_MS < rate.burst * stepOf(rate);
  const before = recent ? await table.get<BucketItem>(bucketKey(scope, yesterday())) : null;
  return charge(table, bucketKey(scope, today), rate, at, before?.tat);
}

/**
 * Access pattern `charge`: GCRA (ITU-T I.371) in one item, by at most two conditional UpdateItem. `tat` never falls, so what
 * the first finds busy stays busy for the second, and no order of requests admits one too many. Refused, one GetItem.
 */
async function charge(table: Table, key: Key, rate: Rate, now: number, floor = 0): Promise<number | null> {
  const step = stepOf(rate);
  const latest = now + (rate.burst - 1) * step;
  const from = Math.max(now, floor);
  if (from > latest) return seconds(from - latest);

  const room = rate.perDay ? ' AND (attribute_not_exists(n) OR n < :day)' : '';
  const count = 'n = if_not_exists(n, :zero) + :one, #ttl = :ttl';
  const values = {
    ':now': now,
    ':zero': 0,
    ':one': 1,
    ':ttl': Math.ceil((latest + 2 * DAY_MS) / 1000),
    ...(rate.perDay ? { ':day': rate.perDay } : {}),
  };
  const names = { '#ttl': 'ttl' };
  const idle = await table.update(key, {
    set: `tat = :next, ${count}`,
    condition: `(attribute_not_exists(tat) OR tat <= :now)${room}`,
    names,
    values: { ...values, ':next': from + step },
  });
  if (idle) return null;
  const busy = await table.update(key, {
    set: `tat = tat + :step, ${count}`,
    condition: `tat > :now AND tat <= :latest${room}`,
    names,
    values: { ...values, ':step': step, ':latest': latest },
  });
  return busy ? null : wait(await table.get<BucketItem>(key), rate, now, latest);
}

/** Milliseconds between two. */
const stepOf = ({ perMinute }: Rate) => Math.ceil(60_000 / perMinute);

function wait(bucket: BucketItem | null, { perDay }: Rate, now: number, latest: number): number {
  if (perDay && (bucket?.n ?? 0) >= perDay) return seconds(DAY_MS - (now % DAY_MS));
  return seconds((bucket?.tat ?? 0) - latest);
}

const seconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000));
