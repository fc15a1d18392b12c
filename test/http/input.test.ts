import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishedPost } from '../support/content.ts';
import type { Sent } from '../support/send.ts';
import {
  bodyOf,
  cookiesOf,
  FORM,
  filled,
  formBody,
  JSON_TYPE,
  openStack,
  SAME_ORIGIN,
  type Stack,
} from '../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await openStack();
  await publishedPost(stack.table, 'rooms');
});
afterAll(() => stack[Symbol.asyncDispose]());

const post = (type: Record<string, string>, body: string | Uint8Array, init: Sent = {}) =>
  stack.send('/api/posts/rooms/comments', { method: 'POST', body, headers: { ...SAME_ORIGIN, ...type }, ...init });

const form = (over: Parameters<typeof filled>[0] = {}) => formBody(filled(over));
const json = (over: object = {}) => JSON.stringify({ ...filled(), ...over });
const without = (name: string) => Object.fromEntries(Object.entries(filled()).filter(([field]) => field !== name));
/** A form or JSON with a byte that begins no character. */
const broken = (text: string) => Buffer.from(text.replace('Mira', 'Mir\xe1'), 'latin1');
const emoji = '👩‍👩‍👧‍👦';

const THOUSAND = Array.from({ length: 1000 }, (_, i) => `a${i}=""`).join(' ');

type Type = Record<string, string>;
type Refusal = [what: string, type: Type, body: string | Uint8Array, status: number, code: string];

const REFUSED: readonly Refusal[] = [
  ['JSON that is none', JSON_TYPE, '{"name":', 400, 'body.malformed'],
  ['JSON that is a list', JSON_TYPE, `[${json()}]`, 400, 'body.malformed'],
  ['JSON that is text', JSON_TYPE, JSON.stringify(json()), 400, 'body.malformed'],
  ['JSON that is null', JSON_TYPE, 'null', 400, 'body.malformed'],
  ['JSON after a byte order mark', JSON_TYPE, `\uFEFF${json()}`, 400, 'body.malformed'],
  ['no body', JSON_TYPE, '', 400, 'body.malformed'],
  ['a form called JSON', JSON_TYPE, form(), 400, 'body.malformed'],
  ['JSON with invalid UTF-8', JSON_TYPE, broken(json()), 400, 'body.encoding'],
  ['a form with an invalid byte', FORM, broken(form()), 400, 'body.encoding'],
  ['a form with an invalid escaped byte', FORM, `${form()}&body=%ff`, 400, 'body.encoding'],
  ['a form with half an escape', FORM, `${form()}&body=%e`, 400, 'body.encoding'],
  ['no content type', {}, json(), 415, 'body.type'],
  ['text', { 'content-type': 'text/plain' }, json(), 415, 'body.type'],
  ['a multipart form', { 'content-type': 'multipart/form-data; boundary=x' }, form(), 415, 'body.type'],
  ['a type that only begins right', { 'content-type': 'application/json-patch+json' }, json(), 415, 'body.type'],
  ['two types', { 'content-type': 'application/json, text/plain' }, json(), 415, 'body.type'],
  ['an empty form', FORM, '', 422, 'input.invalid'],
  ['an empty object', JSON_TYPE, '{}', 422, 'input.invalid'],
  ['a form without a name', FORM, formBody(without('name')), 422, 'input.invalid'],
  ['JSON without an e-mail address', JSON_TYPE, JSON.stringify(without('email')), 422, 'input.invalid'],
  ['JSON without a text', JSON_TYPE, JSON.stringify(without('body')), 422, 'input.invalid'],
  ['a field sent twice', FORM, form({ name: ['Mira', 'Okafor'] }), 422, 'input.invalid'],
  ['a text sent twice', FORM, form({ body: ['One.', 'Two.'] }), 422, 'input.invalid'],
  ['a field sent 16,000 times', FORM, 'a&'.repeat(16_000), 422, 'input.invalid'],
  ['a list for a text', JSON_TYPE, json({ body: ['One.'] }), 422, 'input.invalid'],
  ['an object for a text', JSON_TYPE, json({ body: { toString: 'x' } }), 422, 'input.invalid'],
  ['a number for a name', JSON_TYPE, json({ name: 7 }), 422, 'input.invalid'],
  ['null for a name', JSON_TYPE, json({ name: null }), 422, 'input.invalid'],
  ['a number for a parent', JSON_TYPE, json({ parent: 1 }), 422, 'input.invalid'],
  ['a status', JSON_TYPE, json({ status: 'approved' }), 422, 'input.invalid'],
  ['an id', FORM, form({ id: 'mine' }), 422, 'input.invalid'],
  ['__proto__ in a form', FORM, `${form()}&__proto__=x`, 422, 'input.invalid'],
  ['__proto__ in JSON', JSON_TYPE, json().replace('{', '{"__proto__":{"status":"approved"},'), 422, 'input.invalid'],
  ['constructor in a form', FORM, `${form()}&constructor=x`, 422, 'input.invalid'],
  ['constructor in JSON', JSON_TYPE, json({ constructor: { prototype: {} } }), 422, 'input.invalid'],
  ['an e-mail address that is none', FORM, form({ email: 'mira at example' }), 422, 'input.invalid'],
  ['two e-mail addresses', FORM, form({ email: 'a@example.org, b@example.org' }), 422, 'input.invalid'],
  ['a header in an e-mail address', FORM, form({ email: 'a@example.org\r\nBcc: b@example.org' }), 422, 'input.invalid'],
  ['an e-mail address of 255', FORM, form({ email: `${'a'.repeat(243)}@example.org` }), 422, 'input.invalid'],
  ['a script for a website', FORM, form({ url: 'javascript:alert(1)' }), 422, 'input.invalid'],
  ['a website with a password', FORM, form({ url: 'https://me:secret@example.org' }), 422, 'input.invalid'],
  ['a website of 201 characters', FORM, form({ url: `https://example.org/${'a'.repeat(181)}` }), 422, 'input.invalid'],
  ['a website that is none', FORM, form({ url: 'not a site' }), 422, 'input.invalid'],
  ['a name of 81 characters', FORM, form({ name: emoji.repeat(81) }), 422, 'input.invalid'],
  ['a name of spaces', FORM, form({ name: ' \u00a0\t' }), 422, 'input.invalid'],
  ['a name that nobody can see', FORM, form({ name: '\u200b\u2060' }), 422, 'input.invalid'],
  ['a name of control characters', FORM, form({ name: '\0\u0001\u202e' }), 422, 'input.invalid'],
  ['a text of spaces', FORM, form({ body: ' \n\t ' }), 422, 'comment.empty'],
  ['a text of which nothing is left', FORM, form({ body: '<script>alert(1)</script>' }), 422, 'comment.empty'],
  ['tags 31 deep', FORM, form({ body: `${'<b>'.repeat(31)}x` }), 422, 'comment.too-deep'],
  ['2,700 open tags', FORM, form({ body: '<b>'.repeat(2700) }), 422, 'comment.too-deep'],
  ['a nesting bomb for a text', JSON_TYPE, `{"body":${'['.repeat(1000)}${']'.repeat(1000)}}`, 422, 'input.invalid'],
  ['a nesting bomb that never ends', JSON_TYPE, '{"body":'.repeat(8000), 400, 'body.malformed'],
  ['a nesting bomb of lists', JSON_TYPE, `${'['.repeat(32_000)}${']'.repeat(32_000)}`, 400, 'body.malformed'],
  ['a text of 8,193 bytes', FORM, form({ body: 'a'.repeat(8193) }), 413, 'comment.too-long'],
  [
    'a text of 8,193 bytes in fewer characters',
    JSON_TYPE,
    json({ body: `a${'é'.repeat(4096)}` }),
    413,
    'comment.too-long',
  ],
];

describe('refused with a clear answer, and nothing is stored:', () => {
  test.each(REFUSED)('%s', async (_, type, body, status, code) => {
    const before = await stack.stored();

    const program = await post({ ...type, accept: 'application/json' }, body);

    const told = type === FORM ? null : bodyOf(program);
    expect(program.status).toBe(status);
    expect(program.cookies).toEqual([]);
    expect(told?.code ?? code).toBe(code);
    expect(program.headers['content-type']).toBe(
      type === FORM ? 'text/html; charset=utf-8' : 'application/problem+json',
    );
    expect(await stack.stored()).toEqual(before);
  });

  test.each([
    ['with its length', FORM, false, 'text/plain; charset=utf-8'],
    ['as a form without its length', FORM, true, 'text/html; charset=utf-8'],
    ['as JSON without its length', JSON_TYPE, true, 'application/problem+json'],
  ])('a body of more than 64 KiB, %s', async (_, type, chunked, answered) => {
    const before = await stack.stored();
    const large = 'a'.repeat(65_537);

    const sent = await post(type, type === FORM ? form({ body: large }) : json({ body: large }), { chunked });

    expect([sent.status, sent.headers['content-type']]).toEqual([413, answered]);
    expect(await stack.stored()).toEqual(before);
  });

  test('what is missing or wrong is named, field by field', async () => {
    const sent = await post(JSON_TYPE, JSON.stringify({ name: ' ', email: 'x', url: 'javascript:', body: 'Hm.' }));

    expect(bodyOf(sent)).toEqual({
      type: 'about:blank',
      title: 'Something is missing or not right',
      status: 422,
      detail: expect.any(String),
      code: 'input.invalid',
      fields: {
        name: 'Please give a name',
        email: 'That is not an e-mail address: name@example.org',
        url: 'That is not the address of a website: https://example.org',
      },
    });
  });
});

describe('taken, and shown as harmless text:', () => {
  test.each([
    ['8 KiB of ampersands', '&'.repeat(8192), `<p>${'&amp;'.repeat(8192)}</p>`],
    ['8 KiB in fewer characters', 'é'.repeat(4096), `<p>${'é'.repeat(4096)}</p>`],
    ['a thousand attributes', `<b ${THOUSAND}>x</b>`, '<p><b>x</b></p>'],
    ['null bytes', 'a\0b', '<p>ab</p>'],
    ['tags 30 deep', `${'<b>'.repeat(30)}x`, expect.stringContaining('x')],
    ['a character that stands for another', 'a\uFFFDb', '<p>a\uFFFDb</p>'],
    ['what looks like an escape', '\\ud800 %ff &#0;', expect.stringContaining('\\ud800 %ff')],
  ])('%s', async (_, body, html) => {
    const sent = await stack.form('rooms', filled({ body }));

    const id = sent.headers.location?.split('/').at(-1);
    const again = await stack.json('rooms', filled({ body: body.replaceAll('\uFFFD', '\ud800') }), cookiesOf(sent));
    expect(sent.status).toBe(303);
    expect(bodyOf(again)).toMatchObject({ id, html });
  });

  test('half a character in JSON, which no table could hold', async () => {
    const sent = await post(JSON_TYPE, json({ name: 'M\ud800', body: 'half \udc00 of it' }));

    const stored = (await stack.stored())[`COMMENT#${bodyOf(sent).id} WAIT`];
    expect(bodyOf(sent)).toMatchObject({ html: '<p>half \uFFFD of it</p>' });
    expect(stored).toMatchObject({ author: { name: 'M\uFFFD' }, source: 'half \uFFFD of it' });
  });

  test('a name of 80 characters of five code points each', async () => {
    const sent = await post(JSON_TYPE, json({ name: emoji.repeat(80), body: 'Eighty.' }));

    expect(sent.status).toBe(201);
  });
});
