import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WRITER } from '../../functions/domain/editing.ts';
import type { Found } from '../../functions/table/comment-items.ts';
import { findComment } from '../../functions/table/comments.ts';
import { waitKey } from '../../functions/table/keys.ts';
import { publishedPost } from '../support/content.ts';
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
  UNLIMITED,
} from '../support/stack.ts';

const SLUG = 'a-chair-too-few';

let stack: Stack;
beforeAll(async () => {
  stack = await openStack({ limits: { throttle: null, address: null, post: null } });
  await publishedPost(stack.table);
});
afterAll(() => stack[Symbol.asyncDispose]());

let people = 0;
const stranger = () => `reader-${++people}@example.org`;

interface Own {
  id: string;
  cookie: Record<string, string>;
  email: string;
}

/** A comment of somebody who was not here before: held. */
async function held(body: string, slug = SLUG): Promise<Own> {
  const email = stranger();
  const sent = await stack.json(slug, filled({ email, body }));
  return { id: bodyOf(sent).id, cookie: cookiesOf(sent), email };
}

async function published(body: string, slug = SLUG): Promise<Own> {
  const own = await held(body, slug);
  await stack.moderate(own.id, 'approved');
  return own;
}

const post = (path: string, body: string, headers: Record<string, string>) =>
  stack.send(path, { method: 'POST', body, headers: { ...SAME_ORIGIN, ...headers } });

const asJson = ({ id, cookie }: Own, part: 'words' | 'erasure', fields: object = {}) =>
  post(`/api/comments/${id}/${part}`, JSON.stringify(fields), { ...JSON_TYPE, ...cookie });

const asForm = ({ id, cookie }: Own, part: 'words' | 'erasure', fields: Record<string, string> = {}) =>
  post(`/api/comments/${id}/${part}`, formBody(fields), { ...FORM, ...cookie });

const receipt = ({ id, cookie }: Own) => stack.page(`/api/comments/${id}`, { headers: cookie });
const stored = async ({ id }: Own): Promise<Found> => {
  const comment = await findComment(stack.table, id);
  if (!comment) throw new Error(`no comment ${id}`);
  return comment;
};

/** Every byte that a reader can get, and every byte of the table. */
async function everything(): Promise<string> {
  const table = JSON.stringify(await stack.stored());
  const { bucket } = stack.server.platform;
  const objects = await Promise.all((await bucket.list()).map(({ key }) => bucket.get(key)));
  return [table, ...objects.map((object) => object?.body.toString())].join('\n');
}

describe('other words', () => {
  test('by form lead back to the receipt, which shows them, sanitized as the first were', async () => {
    const own = await held('First words.');

    const sent = await asForm(own, 'words', { body: 'Second <b>words</b>.<script>x</script>' });

    const page = await receipt(own);
    expect([sent.status, sent.headers.location]).toEqual([303, `/api/comments/${own.id}`]);
    expect(page.document.querySelector('.e-content')?.innerHTML).toBe('<p>Second <b>words</b>.</p>');
    expect(page.document.querySelectorAll('.note code').map(({ text }) => text)).toContain('script');
    expect(page.document.querySelector('textarea')?.text).toBe('Second <b>words</b>.<script>x</script>');
  });

  test('in JSON are answered with the comment as it is now', async () => {
    const own = await held('First words.');

    const sent = await asJson(own, 'words', { body: 'Second <u>words</u>.' });

    expect(sent.status).toBe(200);
    expect(bodyOf(sent)).toMatchObject({ id: own.id, status: 'pending', html: '<p>Second words.</p>', removed: ['u'] });
  });

  test('of a published comment are on its page within moments, marked, and the first ones nowhere', async () => {
    const own = await published('canary-before-the-edit');

    await asJson(own, 'words', { body: 'What I meant to say.' });
    await stack.drain();

    const page = await stack.page(`/${SLUG}/`);
    const comment = page.document.querySelector(`#comment-${(await stored(own)).at}`);
    expect(comment?.querySelector('.e-content')?.text).toBe('What I meant to say.');
    expect(comment?.querySelector('small')?.text).toBe('edited');
    expect(await everything()).not.toContain('canary-before-the-edit');
  });

  test('are judged again: a published comment with three links leaves the page, and waits', async () => {
    const own = await published('One link less.');

    const sent = await asJson(own, 'words', { body: 'https://a.example https://b.example https://c.example' });
    await stack.drain();

    const { at, moves } = await stored(own);
    const page = await stack.page(`/${SLUG}/`);
    expect(bodyOf(sent)).toMatchObject({ status: 'pending', reason: 'links.some', ref: null });
    expect(page.document.querySelector(`#comment-${at}`)).toBeNull();
    expect(moves.at(-1)).toMatchObject({ to: 'pending', by: 'rules', rule: 'links.some' });
  });

  test('that look like spam go where spam goes', async () => {
    const own = await held('Nothing to sell.');

    const sent = await asJson(own, 'words', {
      body: Array.from({ length: 11 }, (_, i) => `https://${i}.example`).join(' '),
    });

    expect(bodyOf(sent)).toMatchObject({ status: 'spam', reason: 'links.many' });
  });

  test('never let in what waits for a person', async () => {
    const own = await published('Known from now on.');
    const second = await stack.json(
      SLUG,
      filled({ email: own.email, body: 'https://a.example https://b.example https://c.example' }),
      own.cookie,
    );
    const waiting = { ...own, id: bodyOf(second).id };

    const sent = await asJson(waiting, 'words', { body: 'No link at all.' });

    expect(bodyOf(second)).toMatchObject({ status: 'pending', reason: 'links.some' });
    expect(bodyOf(sent)).toMatchObject({ status: 'pending', html: '<p>No link at all.</p>' });
  });

  test.each([
    ['nothing', '', 422, 'comment.empty'],
    ['too much', 'x'.repeat(8_193), 413, 'comment.too-long'],
  ])('that are %s are refused, and come back in the form', async (_, body, status, code) => {
    const own = await held('Words that stay.');

    const [json, page] = [await asJson(own, 'words', { body }), await asForm(own, 'words', { body })];

    const { document } = await stack.page(`/api/comments/${own.id}`, { headers: own.cookie });
    expect([json.status, bodyOf(json).code, page.status]).toEqual([status, code, status]);
    expect(page.text).toContain(`action="/api/comments/${own.id}/words"`);
    expect(page.text).toContain(`>${body}</textarea>`);
    expect(document.querySelector('.e-content')?.text).toBe('Words that stay.');
  });

  test('are refused once the time is over, and the receipt offers them no more', async () => {
    const own = await held('From an hour ago.');
    const created = new Date(Date.now() - 3_600_000).toISOString();
    await stack.table.update(waitKey(own.id), { set: 'created = :created', values: { ':created': created } });

    const sent = await asJson(own, 'words', { body: 'Too late.' });

    const page = await receipt(own);
    expect([sent.status, bodyOf(sent).code]).toEqual([409, 'comment.fixed']);
    expect(page.document.querySelector('textarea')).toBeNull();
    expect(page.document.querySelector('form')?.getAttribute('action')).toBe(`/api/comments/${own.id}/erasure`);
  });

  test('of ten tabs at once are one of the ten, whole, whatever a moderator does meanwhile', async () => {
    const own = await held('Before the race.');
    const bodies = Array.from({ length: 10 }, (_, i) => `Version ${i} of it.`);

    const [, ...sent] = await Promise.all([
      stack.moderate(own.id, 'approved').catch(() => undefined),
      ...bodies.map((body) => asJson(own, 'words', { body })),
    ]);
    await stack.drain();

    const { source, html, status, at } = await stored(own);
    const statuses = sent.map((answer) => answer.status);
    expect(statuses.every((code) => code === 200 || code === 409)).toBe(true);
    expect(statuses).toContain(200);
    expect(bodies).toContain(source);
    expect(html).toBe(`<p>${source}</p>`);
    expect(status).toBe('approved');
    expect((await stack.page(`/${SLUG}/`)).document.querySelector(`#comment-${at} .e-content`)?.text).toBe(source);
  });
});

describe('an erased comment', () => {
  test('that was held is gone: from the table, and for whoever has its receipt', async () => {
    const own = await held('canary-erased-while-held');

    const sent = await asForm(own, 'erasure');

    const [after, said] = [await receipt(own), await stack.page(sent.headers.location ?? '')];
    expect([sent.status, sent.headers.location]).toEqual([303, '/api/comments/erased']);
    expect([after.status, said.status]).toEqual([404, 200]);
    expect(await everything()).not.toContain('canary-erased-while-held');
    expect(Object.keys(await stack.stored()).filter((key) => key.startsWith(`COMMENT#${own.id}`))).toEqual([]);
  });

  test('that was published leaves every page and the table, name, website and source too', async () => {
    const email = stranger();
    const fields = { name: 'Canary Erased-Name', url: 'https://canary-erased.example/', email };
    const sent = await stack.json(SLUG, filled({ ...fields, body: 'canary-erased-<u>source</u>' }));
    const own = { id: bodyOf(sent).id, cookie: cookiesOf(sent), email };
    await stack.moderate(own.id, 'approved');
    const { person } = await stored(own);
    await stack.drain();
    const before = await everything();

    const erased = await asJson(own, 'erasure');
    await stack.drain();

    const after = await everything();
    expect(erased.status).toBe(204);
    for (const canary of ['Canary Erased-Name', 'canary-erased.example', 'canary-erased-']) {
      expect(before).toContain(canary);
      expect(after).not.toContain(canary);
    }
    const ofComment = Object.entries(await stack.stored()).filter(
      ([key, item]) => /^(COMMENT|SEG)#/.test(key) && JSON.stringify(item).includes(own.id),
    );
    expect(ofComment).toHaveLength(2);
    expect(JSON.stringify(ofComment)).not.toContain(person);
  });

  test('keeps the shape of the thread: a line stands where it stood, and the replies below', async () => {
    const { slug } = await publishedPost(stack.table, 'shape');
    const own = await published('The one that goes.', slug);
    const { at } = await stored(own);
    const reply = bodyOf(await stack.json(slug, filled({ email: stranger(), body: 'A reply.', parent: at ?? '' })));
    await stack.moderate(reply.id, 'approved');

    await asJson(own, 'erasure');
    await stack.drain();

    const stone = (await stack.page(`/${slug}/`)).document.querySelector(`#comment-${at}`);
    expect(stone?.querySelector(':scope > p')?.text).toBe('This comment was removed.');
    expect(stone?.querySelector('ol .e-content')?.text).toBe('A reply.');
  });

  test('can be erased again, and says so on its receipt', async () => {
    const own = await published('Twice.');
    await asJson(own, 'erasure');
    const { ver } = await stored(own);

    const again = await asJson(own, 'erasure');

    const page = await receipt(own);
    expect(again.status).toBe(204);
    expect((await stored(own)).moves.at(-1)).toMatchObject({ to: 'removed', by: WRITER });
    expect((await stored(own)).ver).toBeGreaterThanOrEqual(ver);
    expect(page.document.querySelector('h1')?.text).toBe('You erased it');
    expect(page.document.querySelectorAll('form')).toEqual([]);
  });

  test.each(['spam', 'rejected'] as const)('may have been %s before', async (status) => {
    const own = await held(`canary-${status}-erased`);
    await stack.moderate(own.id, status);

    const sent = await asJson(own, 'erasure');

    expect(sent.status).toBe(204);
    expect(await everything()).not.toContain(`canary-${status}-erased`);
  });

  test('may have been removed by a moderator, and then loses the name as well', async () => {
    const own = await published('Taken down.');
    await stack.moderate(own.id, 'approved');
    await stack.moderate(own.id, 'removed');

    await asJson(own, 'erasure');

    expect((await stored(own)).author.name).toBe('');
  });

  test('while it is approved is erased or published, never both', async () => {
    const own = await held('canary-race-erase-approve');

    const [erased] = await Promise.all([
      asJson(own, 'erasure'),
      stack.moderate(own.id, 'approved').catch(() => undefined),
    ]);
    await stack.drain();

    expect(erased.status).toBe(204);
    expect(await everything()).not.toContain('canary-race-erase-approve');
  });
});

describe('to everybody else', () => {
  const routes = [
    ['the receipt', (id: string, cookie: object) => stack.page(`/api/comments/${id}`, { headers: { ...cookie } })],
    ['the file', (id: string, cookie: object) => stack.page(`/api/comments/${id}/data`, { headers: { ...cookie } })],
    [
      'other words',
      (id: string, cookie: object) => asForm({ id, cookie: { ...cookie }, email: '' }, 'words', { body: 'x' }),
    ],
    ['erasing', (id: string, cookie: object) => asForm({ id, cookie: { ...cookie }, email: '' }, 'erasure')],
  ] as const;

  test.each(routes)(
    '%s of a comment that waits, one that is published and none at all are the same 404',
    async (_, ask) => {
      const [waiting, shown, other] = [await held('Waits.'), await published('Shown.'), await held('Other.')];
      const ids = [waiting.id, shown.id, '0'.repeat(32)];

      const answers = await Promise.all(ids.flatMap((id) => [ask(id, other.cookie), ask(id, {})]));

      const texts = answers.map(({ text }) => ids.reduce((all, id) => all.replaceAll(id, 'ID'), text));
      expect(answers.map(({ status }) => status)).toEqual(ids.flatMap(() => [404, 404]));
      expect(new Set(texts).size).toBe(1);
      expect((await stored(waiting)).source).toBe('Waits.');
      expect((await stored(shown)).source).toBe('Shown.');
    },
  );

  test('another site cannot change or erase, even with the cookie', async () => {
    const own = await held('Not by another site.');

    const headers = { ...FORM, ...own.cookie, 'sec-fetch-site': 'cross-site' };
    const sent = await Promise.all(
      ['words', 'erasure'].map((part) =>
        stack.send(`/api/comments/${own.id}/${part}`, { method: 'POST', body: 'body=x', headers }),
      ),
    );

    expect(sent.map(({ status }) => status)).toEqual([404, 404]);
    expect((await stored(own)).source).toBe('Not by another site.');
  });

  test('the same words sent again tell nothing but that they were received', async () => {
    const own = await published('Whose words are these?');
    const fields = filled({ email: own.email, body: 'Whose words are these?' });

    const guess = await stack.json(SLUG, fields);

    expect([guess.status, guess.cookies]).toEqual([201, []]);
    expect(bodyOf(guess)).toEqual({
      id: null,
      status: 'received',
      html: '',
      removed: [],
      reason: null,
      ref: null,
      url: null,
    });
  });
});

describe('what is kept', () => {
  test('is on the receipt, and to be had as a file', async () => {
    const own = await held('Kept <u>words</u>.');

    const page = await receipt(own);
    const file = await stack.send(`/api/comments/${own.id}/data`, { headers: own.cookie });

    expect(page.document.querySelectorAll('.kept dt').length).toBeGreaterThan(3);
    expect(page.document.querySelector('a[download]')?.getAttribute('href')).toBe(`/api/comments/${own.id}/data`);
    expect(file.headers['content-disposition']).toBe(`attachment; filename="comment-${own.id.slice(0, 8)}.json"`);
    expect(bodyOf(file)).toMatchObject({ name: 'Mira Okafor', words: 'Kept <u>words</u>.', status: 'pending' });
  });

  test('of a comment in the file is all that the table has of it, but for keys and secrets', async () => {
    const own = await held('All of it.');
    const item = (await stack.stored())[`COMMENT#${own.id} WAIT`] as Record<string, unknown>;

    const file = bodyOf(await stack.send(`/api/comments/${own.id}/data`, { headers: own.cookie }));

    const known = [
      'id',
      'author',
      'person',
      'html',
      'source',
      'removed',
      'status',
      'reason',
      'created',
      'moves',
      'to',
      'facts',
    ];
    const machinery = [
      'pk',
      'sk',
      'post',
      'root',
      'policy',
      'reader',
      'ver',
      'req',
      'queue',
      'queuedAt',
      'said',
      'month',
      'stirred',
    ];
    expect(Object.keys(item).toSorted()).toEqual([...known, ...machinery].toSorted());
    expect(file).toMatchObject({ id: own.id, person: item.person, words: item.source, shown: item.html });
  });

  test.each(['spam', 'rejected'] as const)(
    'of a comment that is %s is gone after 90 days, by the clock as well',
    async (to) => {
      const own = await held(`Refused as ${to}.`);
      await stack.moderate(own.id, to);
      const { ttl = 0 } = await stored(own);
      const page = await receipt(own);
      const days = (ttl * 1000 - Date.now()) / 86_400_000;

      await stack.table.update(waitKey(own.id), {
        set: '#ttl = :past',
        names: { '#ttl': 'ttl' },
        values: { ':past': Math.floor(Date.now() / 1000) - 1 },
      });

      const again = await stack.json(SLUG, filled({ email: own.email, body: `Refused as ${to}.` }));
      expect(days).toBeGreaterThan(89.9);
      expect(days).toBeLessThan(90.1);
      expect(page.text).toContain(`until ${new Date(ttl * 1000).toISOString().slice(0, 10)}`);
      expect(bodyOf(again)).toMatchObject({ id: own.id, status: 'pending' });
    },
  );

  test('of a comment that is refused is gone as soon as the settings say, or never', async () => {
    const ends = async (refusedDays: number | null, body: string) => {
      stack.configure({ limits: { ...UNLIMITED, refusedDays } });
      const links = Array(12).fill('https://x.example/').join(' ');
      const { id } = bodyOf(await stack.json(SLUG, filled({ email: 'ends@example.org', body: `${body} ${links}` })));
      return (await stack.stored())[`COMMENT#${id} WAIT`] as { ttl?: number };
    };

    const week = await ends(7, 'For a week.');
    const forEver = await ends(null, 'For ever.');
    stack.configure({});

    expect(((week.ttl ?? 0) * 1000 - Date.now()) / 86_400_000).toBeCloseTo(7, 1);
    expect(forEver).not.toHaveProperty('ttl');
  });

  test('of a comment that is let in after all has no end', async () => {
    const own = await held('Thought better of.');
    await stack.moderate(own.id, 'spam');

    await stack.moderate(own.id, 'approved');

    expect((await stack.stored())[`COMMENT#${own.id} WAIT`]).not.toHaveProperty('ttl');
  });
});
