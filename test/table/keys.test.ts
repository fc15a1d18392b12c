import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as keys from '../../functions/table/keys.ts';

const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,24}$/);
const slug = fc.stringMatching(/^[a-z0-9]{1,9}(-[a-z0-9]{1,9})?$/);
const n = fc.integer({ min: 1, max: 9999 });
const segment = fc.oneof(
  n.map(String),
  n.map((i) => `t${i}`),
);
const ref = fc.tuple(segment, fc.integer({ min: 1, max: 999 })).map(([s, i]) => `${s}-${i}`);
const list = fc.oneof(
  fc.constant('all'),
  slug.map((s) => `category:${s}`),
  slug.map((s) => `author:${s}`),
);

const parsed = (key: keys.Key) => keys.parseKey(key);

test('every key reads back as what it was made of', () => {
  fc.assert(
    fc.property(id, id, slug, n, segment, ref, list, (a, b, s, i, seg, at, l) => {
      expect(parsed(keys.metaKey(a))).toEqual({ kind: 'meta', post: a });
      expect(parsed(keys.headKey(a))).toEqual({ kind: 'head', post: a });
      expect(parsed(keys.bodyKey(a, i))).toEqual({ kind: 'body', post: a, rev: i });
      expect(parsed(keys.htmlKey(a, i))).toEqual({ kind: 'html', post: a, rev: i });
      expect(parsed(keys.counterKey(a, 2, i))).toEqual({ kind: 'counter', post: a, level: 2, node: i });
      expect(parsed(keys.ctlKey(a, seg))).toEqual({ kind: 'ctl', post: a, segment: seg });
      expect(parsed(keys.seatKey(a, at))).toEqual({ kind: 'seat', post: a, segment: at.split('-')[0], ref: at });
      expect(parsed(keys.waitKey(a))).toEqual({ kind: 'wait', id: a });
      expect(parsed(keys.bindKey(a))).toEqual({ kind: 'bind', id: a });
      expect(parsed(keys.authorKey(s))).toEqual({ kind: 'author', slug: s });
      expect(parsed(keys.termKey(s))).toEqual({ kind: 'term', slug: s });
      expect(parsed(keys.slugKey(s))).toEqual({ kind: 'slug', slug: s });
      expect(parsed(keys.listHeadKey(l))).toEqual({ kind: 'listHead', list: l });
      expect(parsed(keys.listEntryKey(l, i))).toEqual({ kind: 'listEntry', list: l, n: i });
      expect(parsed(keys.addressKey(a))).toEqual({ kind: 'address', address: a });
      expect(parsed(keys.readerKey(a, b))).toEqual({ kind: 'reader', person: a, reader: b });
      expect(parsed(keys.bucketKey(s, a))).toEqual({ kind: 'bucket', scope: s, whose: a });
      expect(parsed(keys.proofKey(a))).toEqual({ kind: 'proof', nonce: a });
      expect(parsed(keys.lookKey(a))).toEqual({ kind: 'look', look: a });
      expect(parsed(keys.rulesKey())).toEqual({ kind: 'rules' });
      expect(parsed(keys.jobKey(s))).toEqual({ kind: 'job', job: s });
      expect(parsed(keys.sweepKey({ of: 'post', id: s }))).toEqual({ kind: 'sweep', of: 'post', id: s });
      expect(parsed(keys.sweepKey({ of: 'author', id: s }))).toEqual({ kind: 'sweep', of: 'author', id: s });
    }),
  );
});

test('a key that no builder makes is refused', () => {
  expect(() => parsed({ pk: 'POST#x', sk: 'OTHER' })).toThrow('no key builder makes');
});
