import { describe, expect, test } from 'vitest';
import { POLICY } from '../../functions/domain/allowed-tags.ts';
import { shownHtml } from '../../functions/domain/policy.ts';
import { sanitizeComment } from '../../functions/domain/sanitize.ts';
import { asLetIn, underPolicy } from '../../functions/domain/under-policy.ts';
import { AGED, AGED_TEXT } from '../support/older-policy.ts';

const today = { ...sanitizeComment('<b>New</b>'), source: '<b>New</b>', policy: POLICY };
const old = { html: AGED, source: 'An <u>old</u> <b>word</b>', policy: 'of before', removed: [] };
const gone = { ...old, html: '' as typeof AGED, source: '' };

describe('without the sanitizer', () => {
  test('a page shows the markup of the policy of today, and of every other what the words say', () => {
    expect([today, old, gone].map(shownHtml)).toEqual(['<p><b>New</b></p>', AGED_TEXT, '']);
  });
});

describe('with the sanitizer', () => {
  test('words of another policy are made anew from what was sent', () => {
    const anew = { ...old, html: '<p>An old <b>word</b></p>', policy: POLICY, removed: ['u'] };

    expect([today, old, gone].map((words) => underPolicy(words))).toEqual([today, anew, gone]);
    expect([today, old, gone].map((words) => asLetIn(words))).toEqual([today, anew, gone]);
  });

  test('words that the policy of today refuses are not let in, and are shown as text', () => {
    const refused = { ...old, source: '<script>gone</script>' };

    expect(() => underPolicy(refused)).toThrow('comment.empty');
    expect(asLetIn(refused)).toEqual({ ...refused, html: AGED_TEXT });
  });
});
