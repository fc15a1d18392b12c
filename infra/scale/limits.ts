import * as v from 'valibot';
import { settingsSchema } from '../../functions/domain/settings.ts';
import { SEGMENT } from '../../functions/domain/thread.ts';
import { manifest } from '../../functions/manifest.ts';
import { MODEL } from '../cost/model.ts';
import operationsFile from '../cost/operations.json' with { type: 'json' };

const { operations } = operationsFile;
const { limits } = v.parse(settingsSchema, {});

/** Of AWS, each a second; docs/scale.md says where they are written. */
export const AWS = {
  partitionWrites: 1_000,
  partitionReads: 3_000,
  prefixPuts: 3_500,
  prefixGets: 5_500,
  edgeRequests: 250_000,
  edgeBits: 150e9,
} as const;

/** What Stoa sets itself, each a second; `null` is none. Table maximums as in infra/aws/table.ts, which may not be imported: a test holds them. */
export interface Own {
  /** GCRA: so many a second, after so many at once. */
  article: { perSecond: number; burst: number } | null;
  route: { perSecond: number; burst: number } | null;
  tableWrites: number | null;
  tableReads: number | null;
  /** How many times as long as the cost model says the publisher takes. */
  slowness: number;
}

const { post, throttle } = limits;

export const SHIPPED: Own = {
  article: post && { perSecond: post.perMinute / 60, burst: post.burst },
  route: throttle?.comment ? { perSecond: throttle.comment.rate, burst: throttle.comment.burst } : null,
  tableWrites: 100,
  tableReads: 500,
  slowness: 1,
};

/** What AWS itself leaves. */
export const LIFTED: Own = { article: null, route: null, tableWrites: null, tableReads: null, slowness: 1 };

const seated = operations['submit, seated'];

/** What one comment takes that is seated at once on a busy article: every one meets the article's bucket while it is not idle. */
export const COMMENT = {
  writes: seated.wcu + seated.refused,
  reads: seated.rcu,
  /** In the open segment's partition: a seat, and the comment of 2 KB. */
  segmentWrites: 3,
  /** In the article's bucket: a refused write and one that holds. */
  bucketWrites: 2,
  /** In the article's partition: META and HEAD. */
  articleReads: 2,
  /** Of the stream that pass the publisher's filter: CTL, BIND, C. */
  records: 3,
} as const;

const full = operations['publish, full segment'];

/** What one batch takes on one article, by the segments that it touches, one shard having one batch at a time. */
export const BATCH = {
  comments: Math.floor(manifest.publisher.stream.batchSize / COMMENT.records),
  window: manifest.publisher.stream.windowSeconds,
  /** Roots alone fill a segment first. */
  segments: (comments: number) => Math.ceil(comments / SEGMENT.roots),
  writes: (segments: number) => full.wcu * segments,
  reads: (segments: number) => full.rcu * segments,
  puts: (segments: number) => (full.put - 1) * segments + 1,
  /** As the cost model has it for one segment, and so again for each. */
  seconds: (segments: number) => MODEL.comment.seconds.publish * segments,
} as const;
