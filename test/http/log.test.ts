import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { during } from '../../functions/correlation.ts';
import type { RuleError } from '../../functions/domain/errors.ts';
import type { Call } from '../../functions/http/call.ts';
import { reading } from '../../functions/http/endpoint.ts';
import { log, writeLinesTo } from '../../functions/log.ts';
import { publishedPost } from '../support/content.ts';
import { bodyOf, cookiesOf, FORM, filled, openStack, SAME_ORIGIN, type Stack } from '../support/stack.ts';

const SLUG = 'a-chair-too-few';

let stack: Stack;
beforeAll(async () => {
  stack = await openStack();
  await publishedPost(stack.table);
});
afterAll(() => stack[Symbol.asyncDispose]());

const linesOf = async (route: string) => (await stack.logged()).lines.filter((line) => line.route === route);

test('a request leaves one line: route, status, time, id, and the code of a refusal', async () => {
  await stack.send(`/api/posts/${SLUG}`);
  await stack.send('/api/posts/no-such-article');
  await stack.send('/api/posts/no-such-article', { headers: { accept: 'text/html' } });

  const common = {
    level: 'INFO',
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    message: 'request',
    req: expect.stringMatching(/^[\w-]{36}$/),
    route: 'GET /api/posts/{slug}',
    ms: expect.any(Number),
  };
  const refused = { ...common, status: 404, code: 'post.not-found' };
  expect(await linesOf('GET /api/posts/{slug}')).toEqual([{ ...common, status: 200 }, refused, refused]);
});

test('a request can be followed from its line to the item, to the publisher, to the page', async () => {
  const sent = await stack.json(SLUG, filled({ email: 'follow@example.org', body: 'Followed all the way.' }));
  const [asked] = (await linesOf('POST /api/posts/{slug}/comments')).slice(-1);
  const held = (await stack.stored())[`COMMENT#${bodyOf(sent).id} WAIT`];
  const authorization = `Bearer ${await stack.authorToken()}`;
  await stack.send('/api/admin/comments/moves', {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ comments: [{ id: bodyOf(sent).id, status: 'pending', ver: 1 }], to: 'approved' }),
  });
  await stack.drain();

  const [approved] = await linesOf('POST /api/admin/comments/moves');
  const { lines } = await stack.logged();
  const published = lines.filter(({ reqs }) => (reqs as string[] | undefined)?.includes(String(approved?.req)));
  const object = await stack.server.platform.bucket.head(`${SLUG}/index.html`);
  const page = await stack.send(`/${SLUG}/`);
  expect(held).toMatchObject({ req: asked?.req });
  expect(published.map(({ message }) => message)).toEqual(['published']);
  expect(published[0]?.pages).toEqual(expect.arrayContaining([expect.stringMatching(/^post [0-9a-f]{32}$/)]));
  expect(object?.metadata.req).toBe(approved?.req);
  expect(JSON.stringify(page)).not.toContain(String(approved?.req));
});

test('what a person writes later without a request does not carry an old one', async () => {
  const sent = await stack.json(SLUG, filled({ email: 'later@example.org', body: 'Approved from a terminal.' }));

  await stack.moderate(bodyOf(sent).id, 'approved');

  const stored = await stack.stored();
  const seat = Object.values(stored).find((item) => JSON.stringify(item).includes('Approved from a terminal.'));
  expect(stored[`COMMENT#${bodyOf(sent).id} WAIT`]).not.toHaveProperty('req');
  expect(seat).not.toHaveProperty('req');
});

test('nothing that somebody sent is in the log', async () => {
  const canary = (name: string) => `canary-${name}-7f3a`;
  const fields = filled({
    name: canary('name'),
    email: `${canary('mail')}@example.org`,
    url: `https://${canary('site')}.example`,
    body: canary('body'),
  });
  const headers = { 'user-agent': canary('agent'), referer: `https://${canary('referer')}.example/` };
  const token = await stack.authorToken();
  const first = await stack.form(SLUG, fields, headers);
  await stack.form(SLUG, { ...fields, parent: canary('parent') }, cookiesOf(first));
  await stack.form(SLUG, { ...fields, [canary('field')]: canary('value') }, headers);
  await stack.form(SLUG, { ...fields, name: [canary('name'), canary('twice')] }, headers);
  await stack.send(`/api/posts/${SLUG}/comments`, {
    method: 'POST',
    body: `{"body":"${canary('body')}"`,
    headers: { ...SAME_ORIGIN, 'content-type': 'application/json' },
  });
  await stack.send(`/api/posts/${canary('slug')}/comments`, { method: 'POST', body: '', headers: FORM });
  await stack.send(`/api/posts/${SLUG}/reply?to=${canary('reference')}`);
  await stack.page(first.headers.location ?? '', { headers: cookiesOf(first) });
  await stack.send('/api/admin/posts', { headers: { authorization: `Bearer ${token}` } });
  await stack.send('/api/admin/posts', { headers: { authorization: `Bearer ${canary('token')}` } });
  await stack.moderate(first.headers.location?.split('/').at(-1) ?? '', 'approved');
  await stack.drain();

  const { text, lines } = await stack.logged();
  expect(lines.length).toBeGreaterThan(10);
  expect(text).not.toContain('canary');
  expect(text).not.toContain(token.slice(-20));
  expect(text).not.toContain(cookiesOf(first).cookie?.split('=')[1] ?? 'no cookie');
  expect(text).not.toContain('127.0.0.1');
});

describe('the logger itself', () => {
  const written: string[] = [];
  const sink = () => new Writable({ write: (chunk, _encoding, done) => done(void written.push(String(chunk))) });
  beforeAll(() => writeLinesTo(sink(), sink()));
  const lastLine = () => JSON.parse(written.at(-1) ?? '{}');

  test('drops a field that is not on the list, and a value that has not its shape', () => {
    const given = {
      req: 'id-1',
      body: 'What I wrote',
      email: 'a@b.example',
      slug: 'two words',
      pages: ['post 1', 'A b'],
    };

    log.info('published', given as Parameters<typeof log.info>[1]);

    expect(lastLine()).toEqual({
      level: 'INFO',
      time: expect.any(String),
      message: 'published',
      req: 'id-1',
      pages: ['post 1'],
    });
  });

  test('leaves out all but faults where Lambda says so', async () => {
    vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', 'ERROR');
    vi.resetModules();
    const atStart = await import('../../functions/log.ts');
    vi.unstubAllEnvs();
    atStart.writeLinesTo(sink(), sink());
    const before = written.length;

    atStart.log.info('published', { req: 'id-2' });
    atStart.log.error('not published', { req: 'id-3' }, new Error('a fault'));

    expect(written.slice(before).map((line) => JSON.parse(line).req)).toEqual(['id-3']);
  });

  test('names the request that something was done for, and no other', async () => {
    const before = written.length;

    await Promise.all(
      ['id-4', 'id-5'].map((req) =>
        during(req, async () => {
          await setImmediate();
          log.error('no second opinion', {}, new Error('late'));
        }),
      ),
    );
    log.info('rebuilt', { posts: 1 });

    expect(written.slice(before).map((line) => JSON.parse(line).req)).toEqual(['id-4', 'id-5', undefined]);
  });

  test.each([
    ['PUT a-post/index.html gave 503: SlowDown', 'PUT a-post/index.html gave 503: SlowDown'],
    ['Unexpected token in "What I wrote"', 'Unexpected token in …'],
    ['read "one" secret "two" here', 'read … here'],
    ['value \'a\' and "b" at `c`', 'value … and … at …'],
    ['one "that is never closed, and goes on', 'one …'],
    ['no mail to mira@example.org today', 'no mail to … today'],
    [`token ${'x'.repeat(43)} is wrong`, 'token … is wrong'],
  ])('of the message %j it keeps %j', (message, kept) => {
    log.error('not published', {}, new TypeError(message));

    expect(lastLine()).toMatchObject({ level: 'ERROR', error: 'TypeError', reason: kept });
  });

  const call = (secret: string) =>
    ({
      headers: { 'x-stoa-origin': secret },
      requestContext: { routeKey: 'GET /api/posts', requestId: 'id-2', http: { method: 'GET' } },
    }) as unknown as Call;
  const secret = () => process.env.STOA_ORIGIN_SECRETS?.split(',')[0] ?? '';

  test('says of a fault what it was, and that it was answered with 500', async () => {
    const endpoint = reading(async () => {
      throw new TypeError('cannot read "What I wrote"');
    });

    const { statusCode, body } = await endpoint()(call(secret()), {});

    expect([statusCode, body]).toEqual([500, expect.not.stringContaining('cannot read')]);
    expect(lastLine()).toMatchObject({
      level: 'ERROR',
      message: 'request',
      req: 'id-2',
      status: 500,
      code: 'internal',
      error: 'TypeError',
      reason: 'cannot read …',
    });
  });

  test('says of a request from around the distribution that it was refused', async () => {
    await reading(async () => ({ statusCode: 200 }))()(call('guessed'), {});

    expect(lastLine()).toMatchObject({
      level: 'INFO',
      status: 403,
      code: 'origin.foreign' satisfies RuleError['code'],
    });
  });
});
