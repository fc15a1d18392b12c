import * as v from 'valibot';
import { expect, test } from 'vitest';
import { blockListSchema } from '../../functions/domain/block-list.ts';
import { type Evidence, judge, RULES, type Rules, rulesSchema } from '../../functions/domain/rules.ts';
import { reasonFor } from '../../web/pages/reasons.ts';

const quiet: Evidence = {
  facts: ['trusted', 'scripted', 'proved'],
  name: 'Mira',
  url: null,
  html: '<p>A chair.</p>',
  address: 'hash',
};
const rules = (over: v.InferInput<typeof rulesSchema> = {}): Rules => v.parse(rulesSchema, over);
const links = (n: number) => '<p><a href="https://example.org/">x</a></p>'.repeat(n);
const block = (list: NonNullable<v.InferInput<typeof rulesSchema>>['block']) => rules({ block: list });

test.each<[string, Partial<Evidence>, Rules, string, string | null]>([
  ['a regular', {}, rules(), 'approved', null],
  ['a regular without a script', { facts: ['trusted'] }, rules(), 'approved', null],
  ['a stranger', { facts: ['scripted', 'proved'] }, rules(), 'pending', 'first-time'],
  ['a stranger without a script', { facts: [] }, rules(), 'pending', 'first-time'],
  [
    'a stranger where strangers are let in',
    { facts: ['scripted', 'proved'] },
    rules({ firstTime: false }),
    'approved',
    null,
  ],
  ['the same without a proof', { facts: ['scripted'] }, rules({ firstTime: false }), 'pending', 'proof.missing'],
  ['the same without a script', { facts: [] }, rules({ firstTime: false }), 'pending', 'proof.missing'],
  ['a regular’s program without a proof', { facts: ['trusted', 'scripted'] }, rules(), 'pending', 'proof.missing'],
  ['a proof sooner than anybody types', { facts: ['trusted', 'scripted', 'hasty'] }, rules(), 'pending', 'proof.hasty'],
  ['somebody a moderator blocked', { facts: ['trusted', 'blocked', 'proved'] }, rules(), 'spam', 'person.blocked'],
  ['who fills in what nobody sees', { facts: ['trusted', 'trapped', 'proved'] }, rules(), 'spam', 'trap.filled'],
  ['two links', { html: links(2) }, rules(), 'approved', null],
  ['three links', { html: links(3) }, rules(), 'pending', 'links.some'],
  ['ten links', { html: links(10) }, rules(), 'pending', 'links.some'],
  ['eleven links', { html: links(11) }, rules(), 'spam', 'links.many'],
  ['three links where five are allowed', { html: links(3) }, rules({ links: { hold: 5 } }), 'approved', null],
  [
    'fifty where links are nobody’s business',
    { html: links(50) },
    rules({ links: { hold: null, spam: null } }),
    'approved',
    null,
  ],
  ['an author’s address', { facts: ['trusted', 'author', 'proved'] }, rules(), 'pending', 'author.unproven'],
  ['a name like an author’s', { facts: ['trusted', 'lookalike', 'proved'] }, rules(), 'pending', 'author.lookalike'],
  [
    'the same where nobody minds',
    { facts: ['trusted', 'lookalike', 'proved'] },
    rules({ lookalike: false }),
    'approved',
    null,
  ],
  ['eleven links under an author’s name', { facts: ['author'], html: links(11) }, rules(), 'spam', 'links.many'],
  ['as long as is allowed', { html: '<p>12345</p>' }, rules({ longest: 5 }), 'approved', null],
  ['longer', { html: '<p>123456</p>' }, rules({ longest: 5 }), 'pending', 'long'],
  ['a blocked address', {}, block({ addresses: ['hash'] }), 'spam', 'block.address'],
  ['a blocked word', { html: '<p>Win at the CASINO!</p>' }, block({ words: ['casino'] }), 'pending', 'block.word'],
  ['a blocked word in the name', { name: 'Casino Royal' }, block({ words: ['casino'] }), 'pending', 'block.word'],
  [
    'a blocked word in the website',
    { url: 'https://x.example/casino/' },
    block({ words: ['casino'] }),
    'pending',
    'block.word',
  ],
  [
    'a blocked word in other letters',
    { html: '<p>Ｃａs\u00adino</p>' },
    block({ words: ['casino'] }),
    'pending',
    'block.word',
  ],
  [
    'a blocked word with a hyphen',
    { html: '<p>A spam-word.</p>' },
    block({ words: ['spam-word'] }),
    'pending',
    'block.word',
  ],
  [
    'a blocked domain with its last point',
    { html: '<p><a href="http://evil.example./x">x</a></p>' },
    block({ domains: ['evil.example'] }),
    'spam',
    'block.domain',
  ],
  [
    'mail to a blocked domain',
    { html: '<p><a href="mailto:me@evil.example">x</a></p>' },
    block({ domains: ['evil.example'] }),
    'spam',
    'block.domain',
  ],
  ['a blocked word in pieces', { html: '<p>cas<b>ino</b></p>' }, block({ words: ['casino'] }), 'pending', 'block.word'],
  [
    'a word that only holds a blocked one',
    { html: '<p>Casinolike</p>' },
    block({ words: ['casino'] }),
    'approved',
    null,
  ],
  [
    'one that goes on where it may',
    { html: '<p>Casinolike</p>' },
    block({ words: ['casino*'] }),
    'pending',
    'block.word',
  ],
  [
    'two paragraphs that make no word',
    { html: '<p>cas</p><p>ino</p>' },
    block({ words: ['casino'] }),
    'approved',
    null,
  ],
  [
    'a blocked phrase over a line',
    { html: '<p>cheap<br>pills</p>' },
    block({ words: ['cheap pills'] }),
    'pending',
    'block.word',
  ],
  ['what an expression would take', { html: '<p>aab</p>' }, block({ words: ['a+b', 'a.*b'] }), 'approved', null],
  ['a name of markup', { html: '<p>a &amp; b</p>' }, block({ words: ['amp'] }), 'approved', null],
  [
    'a link to a blocked domain',
    { html: '<a href="https://www.evil.example/x">x</a>' },
    block({ domains: ['evil.example'] }),
    'spam',
    'block.domain',
  ],
  [
    'a quote from one',
    { html: '<q cite="http://evil.example/">x</q>' },
    block({ domains: ['EVIL.example'] }),
    'spam',
    'block.domain',
  ],
  ['a website on one', { url: 'https://evil.example/' }, block({ domains: ['evil.example'] }), 'spam', 'block.domain'],
  [
    'a domain that only ends alike',
    { url: 'https://notevil.example/' },
    block({ domains: ['evil.example'] }),
    'approved',
    null,
  ],
])('%s', (_, evidence, inForce, status, reason) => {
  expect(judge({ ...quiet, ...evidence }, inForce)).toEqual({ status, reason });
});

test('every rule has words for who wrote', () => {
  const other = reasonFor('other');

  expect(Object.keys(RULES).filter((rule) => reasonFor(rule) === other)).toEqual([]);
});

test.each(['--', '* *', '\u00ad\u00ad'])('a word that would be everywhere or nowhere is refused: %j', (word) => {
  expect(v.safeParse(blockListSchema, { words: [word] }).success).toBe(false);
});
