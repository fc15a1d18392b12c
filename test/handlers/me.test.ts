import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { addressHash } from '../../functions/domain/identity.ts';
import { readKeys } from '../../functions/keys.ts';
import type { WaitItem } from '../../functions/table/comment-items.ts';
import { completeApproval, findComment } from '../../functions/table/comments.ts';
import { erase } from '../../functions/table/erasure.ts';
import { claimAddress, isTrusted } from '../../functions/table/people.ts';
import { publishedPost } from '../support/content.ts';
import { Crash, crashingTable, dyingAt } from '../support/faults.ts';
import { mailsOf, onlyMail, pathIn } from '../support/mails.ts';
import { bodyOf, cookiesOf, FORM, filled, openStack, SAME_ORIGIN, type Stack } from '../support/stack.ts';

const SLUG = 'a-chair-too-few';

let stack: Stack;
beforeAll(async () => {
  stack = await openStack({
    mail: { from: 'stoa@blog.example', perDay: { links: 3 } },
    limits: { address: null, post: null, throttle: null },
  });
  await publishedPost(stack.table);
});
afterAll(() => stack[Symbol.asyncDispose]());

type Headers = Record<string, string>;

const press = (path: string, body = '', headers: Headers = {}) =>
  stack.send(path, { method: 'POST', body, headers: { ...SAME_ORIGIN, ...FORM, ...headers } });

const askFor = (email: string) => press('/api/me/links', `email=${encodeURIComponent(email)}`);

async function comment(email: string, body: string, over = {}, headers = {}) {
  const sent = await stack.json(SLUG, filled({ email, body, ...over }), headers);
  return { ...bodyOf(sent), cookies: cookiesOf(sent) };
}

/** The chances to die that erasing a seated comment has. */
const ERASING = 10;

async function dieErasing(id: string, nth: number): Promise<void> {
  const found = await findComment(stack.table, id);
  if (!found) throw new Error(`there is no comment ${id}`);
  const dying = erase(crashingTable(stack.table, dyingAt(nth), 0.5), found, new Date().toISOString());
  await expect(dying).rejects.toThrow(Crash);
}

/** By a mailed link: the cookies of half an hour. */
async function session(email: string): Promise<Headers> {
  await askFor(email);
  const mail = (await mailsOf(stack, email)).findLast(({ text }) => text.includes('/api/me/links/'));
  return cookiesOf(await press(pathIn(mail ?? { text: '' }, '/api/me/links/')));
}

describe('a mailed link', () => {
  test('comes to whoever wrote under the address, and the answer is the same for everybody', async () => {
    await comment('known@example.org', 'I was here.');

    const [known, unknown] = await Promise.all([askFor('Known@Example.org'), askFor('nobody@example.org')]);

    expect([known.status, known.headers.location, known.text, known.cookies]).toEqual([303, '/api/me?asked', '', []]);
    const answered = ({ status, text, headers: { location } }: typeof known) => ({ status, text, location });
    expect(answered(unknown)).toEqual(answered(known));
    expect((await onlyMail(stack, 'Known@Example.org')).subject).toBe('Your comments, and what is stored about you');
    expect(await mailsOf(stack, 'nobody@example.org')).toEqual([]);
  });

  test('is not spent by whoever follows it, and of a hundred that press the button one is let in', async () => {
    await comment('scanned@example.org', 'I am scanned.');
    await askFor('scanned@example.org');
    const path = pathIn(await onlyMail(stack, 'scanned@example.org'), '/api/me/links/');

    for (let n = 0; n < 3; n++) expect((await stack.page(path)).status).toBe(200);
    const pressed = await Promise.all(Array.from({ length: 100 }, () => press(path)));

    expect(pressed.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(pressed.filter(({ status }) => status === 410)).toHaveLength(99);
    const [cookie] = pressed.find(({ status }) => status === 303)?.cookies ?? [];
    expect(cookie).toMatch(/^stoa_me=[\w-]{43}; Path=\/api\/; HttpOnly; SameSite=Strict; Max-Age=1800$/);
  });

  test('is over after half an hour by the clock, and so is what it opened', async () => {
    await stack.moderate((await comment('slow@example.org', 'I am slow.')).id, 'approved');
    await askFor('slow@example.org');
    const path = pathIn(await onlyMail(stack, 'slow@example.org'), '/api/me/links/');
    const cookies = await session('slow@example.org');
    expect((await stack.page('/api/me', { headers: cookies })).text).toContain('I am slow.');

    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31 * 60_000 });
    try {
      expect((await press(path)).status).toBe(410);
      expect((await stack.page('/api/me', { headers: cookies })).text).not.toContain('I am slow.');
      expect((await stack.send('/api/me/export?as=json', { headers: cookies })).status).toBe(401);
    } finally {
      vi.useRealTimers();
    }
  });

  test('is mailed three times a day and no more, and never twice the same', async () => {
    await stack.moderate((await comment('bombed@example.org', 'I am bombed.')).id, 'approved');
    for (let n = 0; n < 6; n++) expect((await askFor('bombed@example.org')).status).toBe(303);

    const mails = await mailsOf(stack, 'bombed@example.org');

    expect(mails).toHaveLength(3);
    expect(new Set(mails.map((mail) => pathIn(mail, '/api/me/links/'))).size).toBe(3);
  });

  test('is mailed once in 30 days by the clock to an address that anybody may have written under, until one is spent', async () => {
    const to = 'junk@example.org';
    await comment(to, 'Junk.');
    const mailed = async () => (await mailsOf(stack, to)).length;
    for (let n = 0; n < 3; n++) await askFor(to);
    expect(await mailed()).toBe(1);

    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31 * 86_400_000 });
    try {
      for (let n = 0; n < 3; n++) await askFor(to);
      expect(await mailed()).toBe(2);
      await press(pathIn((await mailsOf(stack, to))[1] ?? { text: '' }, '/api/me/links/'));
      await askFor(to);
      expect(await mailed()).toBe(3);
    } finally {
      vi.useRealTimers();
    }
  });

  test('has a token of which the table has only the hash', async () => {
    const mails = await mailsOf(stack);
    const tokens = mails.flatMap(({ text }) => /\/api\/me\/links\/(\S+)/.exec(text)?.[1] ?? []);

    const stored = JSON.stringify(await stack.stored());
    expect(tokens.length).toBeGreaterThan(5);
    for (const token of tokens) expect(stored).not.toContain(token);
  });

  test('cannot be asked for or spent from another site', async () => {
    const foreign = { ...FORM, 'sec-fetch-site': 'cross-site' };
    const asked = await stack.send('/api/me/links', {
      method: 'POST',
      body: 'email=known@example.org',
      headers: foreign,
    });
    const spent = await stack.send('/api/me/links/x', { method: 'POST', body: '', headers: foreign });

    expect([asked.status, spent.status]).toEqual([404, 404]);
  });
});

describe('without a session', () => {
  test.each(['erasure', 'browsers', 'mail'])('nothing is done: %s', async (what) => {
    const body = { erasure: 'all=yes', browsers: '', mail: 'mail=no' }[what];

    expect((await press(`/api/me/${what}`, body)).status).toBe(401);
    expect((await press(`/api/me/${what}`, body, { cookie: `stoa_me=${'x'.repeat(43)}` })).status).toBe(401);
  });
});

describe('a regular', () => {
  test('is published at once in a second browser after a mailed link, and was held there before', async () => {
    const to = 'regular@example.org';
    const first = await comment(to, 'My first.');
    await stack.moderate(first.id, 'approved');
    const before = await comment(to, 'Elsewhere, before.');

    const cookies = await session(to);
    const known = await press('/api/me/browsers', '', cookies);
    const after = await comment(to, 'Elsewhere, after.', {}, cookiesOf(known));

    expect([before.status, before.reason, after.status]).toEqual(['pending', 'first-time', 'approved']);
    expect(known.headers.location).toBe('/api/me?done=known');
  });

  test.each([
    ['was never approved', async () => {}],
    [
      'was called spam since',
      async (id: string) => {
        await stack.moderate(id, 'approved');
        await stack.moderate(id, 'spam');
      },
    ],
  ])('is none who %s', async (_, happens) => {
    const to = `${crypto.randomUUID()}@example.org`;
    await happens((await comment(to, 'Let me in.')).id);

    const known = await press('/api/me/browsers', '', await session(to));

    expect([known.headers.location, known.cookies]).toEqual(['/api/me?done=unknown', []]);
    expect((await comment(to, 'Now let me in.')).status).toBe('pending');
  });

  test("is nobody by typing the owner's address: the mail goes to the owner, and the comment waits", async () => {
    const owner = 'owner@example.org';
    await claimAddress(stack.table, addressHash(readKeys().identityKey, owner), 'ada-byrne');

    const typed = await comment(owner, 'I am the owner.');
    const asked = await askFor(owner);

    expect([typed.status, typed.reason]).toEqual(['pending', 'author.unproven']);
    expect([asked.status, asked.cookies]).toEqual([303, []]);
    expect((await stack.page('/api/me', { headers: typed.cookies })).text).not.toContain('I am the owner.');
    expect((await onlyMail(stack, owner)).to).toBe(owner);
  });
});

describe('what is stored', () => {
  test('is shown and taken along in full, and nobody else has a part in it', async () => {
    const to = 'archive@example.org';
    const waits = await comment(to, 'It <b>waits</b>.', { notify: 'on', url: 'https://archive.example/' });
    const stands = await comment(to, 'It stands.');
    await stack.moderate(stands.id, 'approved');
    await comment('stranger@example.org', 'Somebody else’s.');
    const cookies = await session(to);

    const page = await stack.page('/api/me', { headers: cookies });
    const json = await stack.send('/api/me/export?as=json', { headers: cookies });
    const file = await stack.page('/api/me/export', { headers: cookies });

    expect(page.headers['cache-control']).toBe('no-store');
    for (const { text } of [page, file]) {
      expect(text).toContain('It <b>waits</b>.');
      expect(text).toContain('It stands.');
      expect(text).toContain(to);
      expect(text).not.toContain('Somebody else’s.');
    }
    expect(json.headers['content-disposition']).toBe('attachment; filename="my-comments.json"');
    expect(bodyOf(json)).toMatchObject({
      mail: { address: to, confirmed: null, comments: [waits.id] },
      comments: [
        { id: stands.id, status: 'approved', source: 'It stands.', url: expect.stringContaining(`/${SLUG}/`) },
        {
          id: waits.id,
          status: 'pending',
          reason: 'first-time',
          source: 'It <b>waits</b>.',
          website: 'https://archive.example/',
        },
      ],
    });
  });

  test('is paged, and a place among somebody else’s is refused', async () => {
    const to = 'talker@example.org';
    for (let n = 0; n < 23; n++) await comment(to, `Number ${n}.`);
    const cookies = await session(to);

    const first = await stack.page('/api/me', { headers: cookies });
    const older = first.document.querySelector('.on a')?.getAttribute('href') ?? '';
    const second = await stack.page(older, { headers: cookies });
    const other = await stack.page(older, { headers: await session('archive@example.org') });

    const shown = (page: typeof first) => page.document.querySelectorAll('.preview').length;
    expect([shown(first), shown(second), other.status]).toEqual([20, 3, 400]);
  });

  test('is erased one by one, and only by whom it belongs to', async () => {
    const to = 'eraser@example.org';
    const [one, two] = [await comment(to, 'CANARY-ONE'), await comment(to, 'CANARY-TWO')];
    for (const { id } of [one, two]) await stack.moderate(id, 'approved');
    await stack.drain();
    expect((await stack.page(`/${SLUG}/`)).text).toContain('CANARY-ONE');
    const cookies = await session(to);

    const foreign = await press('/api/me/erasure', `comment=${one.id}`, await session('archive@example.org'));
    const erased = await press('/api/me/erasure', `comment=${one.id}`, cookies);
    await stack.drain();

    expect([foreign.status, erased.headers.location]).toEqual([404, '/api/me?done=erased']);
    const page = await stack.page(`/${SLUG}/`);
    expect([page.text.includes('CANARY-ONE'), page.text.includes('CANARY-TWO')]).toEqual([false, true]);
    expect(JSON.stringify(await stack.stored())).not.toContain('CANARY-ONE');
  });

  test('is erased whole: words, name, address, browsers, from the pages, the lists and the table', async () => {
    const to = 'leaver@example.org';
    const name = 'LEAVER-NAME';
    const first = await comment(to, 'LEAVER-FIRST', { name, notify: 'on' });
    await stack.moderate(first.id, 'approved');
    await stack.drain();
    const { ref } = bodyOf(await stack.send(`/api/posts/${SLUG}/comments`)).comments.at(-1);
    await comment('answer@example.org', 'An answer that stays.', { parent: ref });
    await comment(to, 'LEAVER-WAITS', { name });
    const outputs = [`/${SLUG}/`, `/${SLUG}/comments/1/`, `/api/posts/${SLUG}/comments`];
    const seen = async () =>
      (await Promise.all(outputs.map((path) => stack.page(path)))).map(({ text }) => text).join();
    expect(await seen()).toContain(name);
    const { person } = (await stack.stored())[`COMMENT#${first.id} WAIT`] as { person: string };
    const cookies = await session(to);

    const unsure = await press('/api/me/erasure', '', cookies);
    const erased = await press('/api/me/erasure', 'all=yes', cookies);
    await stack.drain();

    expect(unsure.status).toBe(422);
    expect([erased.status, erased.headers.location]).toEqual([303, '/api/me?done=all-erased']);
    expect(await seen()).not.toContain('LEAVER');
    const stored = await stack.stored();
    expect(JSON.stringify(stored)).not.toContain('LEAVER-');
    expect(Object.keys(stored).filter((key) => key.startsWith(`PERSON#${person}`))).toEqual([]);
    expect((await stack.page('/api/me', { headers: cookies })).document.querySelector('h1')?.text).toContain(
      'Your comments',
    );
    expect((await comment(to, 'A new start.')).status).toBe('pending');
  });

  test('is erased to the end by whoever presses again, wherever erasing it stopped', async () => {
    const to = 'interrupted@example.org';
    const first = await comment(to, 'The first.');
    await stack.moderate(first.id, 'approved');
    const cookies = await session(to);
    /** One that waited first, which WAIT leads to, and one seated at once, which BIND does. */
    const seated = [
      async (body: string) => {
        const { id } = await comment(to, body);
        await stack.moderate(id, 'approved');
        return id;
      },
      async (body: string) => (await comment(to, body, {}, first.cookies)).id,
    ];

    for (const [n, one] of seated.entries()) {
      for (let nth = 0; nth < 4; nth++) {
        const id = await one(`HALFWAY-${n}-${nth}`);
        await dieErasing(id, nth);
        const { status } = await press('/api/me/erasure', `comment=${id}`, cookies);
        // The publisher may have been faster, and then there is nothing left of it to erase.
        expect([303, 404]).toContain(status);
      }
      expect(JSON.stringify(await stack.stored())).not.toContain('HALFWAY-');
    }
  });

  test('is erased whole, and the person forgotten, whatever was erased of it before, and how far', async () => {
    const to = 'halfway@example.org';
    const first = await comment(to, 'UNDONE-FIRST', { notify: 'on' });
    await stack.moderate(first.id, 'approved');
    const { person } = (await stack.stored())[`COMMENT#${first.id} WAIT`] as { person: string };
    for (let nth = 0; nth < ERASING; nth++) {
      await dieErasing((await comment(to, `UNDONE-${nth}`, {}, first.cookies)).id, nth);
    }

    const erased = await press('/api/me/erasure', 'all=yes', await session(to));

    expect(erased.headers.location).toBe('/api/me?done=all-erased');
    const stored = await stack.stored();
    expect(JSON.stringify(stored)).not.toContain('UNDONE-');
    expect(Object.keys(stored).filter((key) => key.startsWith(`PERSON#${person}`))).toEqual([]);
  });

  test('trusts nobody again when a record of before it was erased comes late', async () => {
    const to = 'late@example.org';
    const { id } = await comment(to, 'Let in, then gone.');
    await stack.moderate(id, 'approved');
    const record = (await stack.stored())[`COMMENT#${id} WAIT`] as WaitItem;
    await press('/api/me/erasure', 'all=yes', await session(to));

    await completeApproval(stack.table, record);

    expect(await isTrusted(stack.table, record.person, record.reader)).toBe(false);
  });

  test('is not mailed about any more once that was stopped there', async () => {
    const to = 'stopper@example.org';
    await comment(to, 'Mail me.', { notify: 'on' });
    const cookies = await session(to);

    await press('/api/me/mail', 'mail=yes', cookies);
    expect(bodyOf(await stack.send('/api/me/export?as=json', { headers: cookies })).mail.confirmed).not.toBeNull();
    await press('/api/me/mail', 'mail=no', cookies);
    expect(bodyOf(await stack.send('/api/me/export?as=json', { headers: cookies })).mail).toBeNull();
  });

  test('is closed by whoever is done', async () => {
    const cookies = await session('archive@example.org');

    const left = await press('/api/me/end', '', cookies);

    expect(left.cookies[0]).toMatch(/^stoa_me=; .*Max-Age=0/);
    expect((await press('/api/me/browsers', '', cookies)).status).toBe(401);
  });
});
