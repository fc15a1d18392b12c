import * as v from 'valibot';

export const FORMAT = 1;
export const MANIFEST = 'manifest.json';
/** The headers of the pictures. */
export const MEDIA = 'media.jsonl';

const path = v.pipe(
  v.string(),
  v.check((text) => !/^[/\\]|(^|\/)\.\.?(\/|$)|[\\\0]/.test(text), 'leads out of the folder'),
);

/** Written last: without it an export is not whole. */
export const manifest = v.object({
  format: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** ISO 8601 UTC. */
  made: v.pipe(v.string(), v.isoTimestamp()),
  /** Of the keys that ids and sealed addresses hang on: SHA-256 of each, so that others are told from them. */
  keys: v.object({ identity: v.string(), address: v.string(), unsubscribe: v.string() }),
  /** Items of each kind. */
  counts: v.record(v.string(), v.number()),
  files: v.array(v.object({ path, bytes: v.number(), sha256: v.string() })),
});

export type Manifest = v.InferOutput<typeof manifest>;
