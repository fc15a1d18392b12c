import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { saveAccount } from '../../functions/table/accounts.ts';
import { findComment, hold, seat } from '../../functions/table/comments.ts';
import { commentsOfPerson } from '../../functions/table/history.ts';
import { findPerson } from '../../functions/table/people.ts';
import { getPost, type PostItem } from '../../functions/table/posts.ts';
import { countQueue, queueOf } from '../../functions/table/queue.ts';
import { report } from '../../functions/table/reports.ts';
import { closeBrowser, launchBrowser } from '../support/browser.ts';
import { publishedPost, said } from '../support/content.ts';
import { type Author, enterRoom, expectAccessible } from '../support/room.ts';
import { openStack, type Stack } from '../support/stack.ts';

const soon = { timeout: 30_000 };
/** Chromium, the table and the publisher share what processors there are. */
const LONG = 300_000;

let browser: Browser;
let stack: Stack;
let account: string;
let stories = 0;
let post: PostItem;

beforeAll(async () => {
  [browser, stack] = await Promise.all([launchBrowser(), openStack()]);
  const [, claims = ''] = (await stack.authorToken()).split('.');
  account = JSON.parse(Buffer.from(claims, 'base64url').toString()).sub;
});
afterAll(async () => {
  await closeBrowser(browser);
  await stack[Symbol.asyncDispose]();
});
beforeEach(async () => {
  stories += 1;
  post = await publishedPost(stack.table, `bench-${stories}`, { title: `A bench, the ${stories}` });
  await saveAccount(stack.table, account, { author: 'ada-byrne', seen: new Date(Date.now() - 1).toISOString() });
});

afterEach(async () => {
  for (const { id } of (await queueOf(stack.table, 'pending', { limit: 500 })).comments) {
    // A browser may be at it still, where a story failed.
    await stack.moderate(id, 'rejected').catch(() => undefined);
  }
});

/** Held at a moment of their own each, the last one newest. */
async function holdMany(count: number, status: 'pending' | 'spam' = 'pending'): Promise<string[]> {
  const ids: string[] = [];
  const first = Date.now() - count * 1000;
  for (let i = 0; i < count; i++) {
    const words = said(post, `Waiting, number ${i}.`, { person: `s${stories}p${i}` });
    await hold(stack.table, { ...words, created: new Date(first + i * 1000).toISOString() }, status);
    ids.push(words.id);
  }
  return ids;
}

const waiting = () => countQueue(stack.table, 'held', 500);
const statusOf = async (id: string) => (await findComment(stack.table, id))?.status;
const cards = (page: Page) => page.locator('.held');
const card = (page: Page, words: string) => page.locator('.held', { hasText: words });
const named = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
/** The verdicts have reached the table. */
const settled = (page: Page) => expect.poll(() => page.getByText('Saving…').count(), { timeout: LONG }).toBe(0);

const enter = (view: string) =>
  enterRoom(browser, stack.server.url, stack.server.login.account, { view, reducedMotion: 'reduce' });

function expectQuiet({ complaints }: Author): void {
  expect(complaints).toEqual([]);
}

describe('a moderator clears a queue of 300', () => {
  test(
    'with the pointer: one by one, in bulk, with second thoughts',
    async () => {
      const ids = await holdMany(300);
      const [oldest] = ids as [string];
      await using room = await enter('conversation');
      const { page } = room;
      const heading = page.getByRole('heading', { level: 1 });

      await cards(page).first().waitFor();
      expect(await cards(page).count()).toBe(50);
      expect(await page.getByRole('navigation', { name: 'Lists' }).textContent()).toContain('Waiting300');
      expect(await card(page, 'number 299.').textContent()).toContain('First comment here');
      await expectAccessible(page);

      await card(page, 'number 299.').getByRole('button', { name: 'Approve' }).click();
      await card(page, 'number 298.').getByRole('button', { name: 'Reject' }).click();
      await card(page, 'number 297.').getByRole('button', { name: 'Spam' }).click();
      await named(page, 'Undo').click();
      await card(page, 'number 297.').waitFor();
      await settled(page);
      expect(await Promise.all([299, 298, 297].map((i) => statusOf(ids[i] ?? '')))).toEqual([
        'approved',
        'rejected',
        'pending',
      ]);

      await card(page, 'number 297.').getByRole('button', { name: 'Edit' }).click();
      await page.getByLabel('Words').fill('Kinder <b>words</b>.');
      await expectAccessible(page, 'dialog');
      await named(page, 'Save').click();
      await card(page, 'Kinder words.').waitFor();

      await card(page, 'Kinder words.').getByRole('button', { name: 'Answer' }).click();
      await page.getByLabel(/^Your answer to/).fill('Thank you.');
      await expectAccessible(page, '.answer');
      await named(page, 'Approve and answer').click();
      await page.getByRole('link', { name: 'See it in its place' }).waitFor();
      expect(await statusOf(ids[297] ?? '')).toBe('approved');

      await card(page, 'number 296.')
        .getByRole('button', { name: /^Person/ })
        .click();
      await page.getByRole('dialog').getByText('1 waiting').waitFor();
      await expectAccessible(page, 'dialog');
      await named(page, 'Block…').click();
      await named(page, 'Block').click();
      await page.getByText('Blocked: what they write').waitFor();
      await named(page, 'Close').click();
      expect(await card(page, 'number 296.').count()).toBe(0);

      await page.getByLabel(/^Select the \d+ shown$/).check();
      await expectAccessible(page, '.tray');
      while ((await cards(page).count()) > 0) {
        await page.getByLabel(/^Select the \d+ shown$/).check();
        await page.getByRole('region', { name: 'Selected comments' }).getByRole('button', { name: 'Approve' }).click();
        await expect.poll(() => page.getByText('One moment…').count(), soon).toBe(0);
      }
      await page.getByText('Nobody waits').waitFor();
      await settled(page);

      expect(await waiting()).toBe(0);
      expect(await statusOf(oldest)).toBe('approved');
      expect(await statusOf(ids[296] ?? '')).toBe('spam');
      expect(await findPerson(stack.table, `s${stories}p296`)).toMatchObject({ blocked: true });
      expect(await heading.textContent()).toBe('Waiting');
      await expectAccessible(page);
      expectQuiet(room);
    },
    LONG,
  );

  test(
    'by the keyboard alone',
    async () => {
      const ids = await holdMany(300);
      await using room = await enter('conversation');
      const { page } = room;
      const { keyboard } = page;
      await cards(page).first().waitFor();
      const current = () => page.locator('.held.current').textContent();

      await keyboard.press('j');
      expect(await current()).toContain('number 299.');
      await keyboard.press('j');
      await keyboard.press('k');
      expect(await current()).toContain('number 299.');
      for (const key of ['a', 'r', 's']) await keyboard.press(key);
      await expect.poll(current).toContain('number 296.');
      await keyboard.press('u');
      await expect.poll(current).toContain('number 297.');
      await keyboard.press('e');
      await page.getByLabel('Words').waitFor();
      await keyboard.press('Escape');
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
      await keyboard.press('x');
      await keyboard.press('j');
      await keyboard.press('x');
      await keyboard.press('s');
      await settled(page);
      expect(await Promise.all([299, 298, 297, 296].map((i) => statusOf(ids[i] ?? '')))).toEqual([
        'approved',
        'rejected',
        'spam',
        'spam',
      ]);

      while ((await cards(page).count()) > 0) {
        await tabTo(page, page.getByLabel(/^Select the \d+ shown$/));
        await keyboard.press('Space');
        await keyboard.press('r');
        await expect.poll(() => page.getByText('One moment…').count(), soon).toBe(0);
      }
      await page.getByText('Nobody waits').waitFor();
      await settled(page);

      expect(await waiting()).toBe(0);
      expect(await statusOf(ids[0] ?? '')).toBe('rejected');
      expectQuiet(room);
    },
    LONG,
  );

  test('with single keys switched off, by Tab and Enter, and no letter decides anything', async () => {
    const [first, second] = await holdMany(2);
    await using room = await enter('conversation');
    const { page } = room;
    const { keyboard } = page;
    await cards(page).first().waitFor();

    await keyboard.press('?');
    await expectAccessible(page, 'dialog');
    await tabTo(page, page.getByLabel('Use single keys'));
    await keyboard.press('Space');
    await keyboard.press('Escape');
    await page.reload();
    await cards(page).first().waitFor();
    await tabTo(page, card(page, 'number 1.').getByRole('button', { name: 'Approve' }));
    for (const key of ['a', 'r', 's', 'j', 'x']) await keyboard.press(key);
    expect(await cards(page).count()).toBe(2);
    await keyboard.press('Enter');

    await expect.poll(() => statusOf(second ?? ''), soon).toBe('approved');
    expect(await statusOf(first ?? '')).toBe('pending');
    expect(await page.locator('.held:focus').textContent()).toContain('number 0.');
    expectQuiet(room);
  });
});

test('on a phone the tray covers nothing that the keyboard comes to', async () => {
  await holdMany(5);
  await using room = await enterRoom(browser, stack.server.url, stack.server.login.account, {
    view: 'conversation',
    viewport: { width: 390, height: 700 },
  });
  const { page } = room;
  await card(page, 'number 4.').getByRole('checkbox').check();
  const last = card(page, 'number 0.').getByRole('link', { name: 'On this article' });
  await page.getByLabel(/^Select the \d+ shown$/).focus();
  for (let stops = 0; stops < 80 && !(await last.evaluate((link) => link.matches(':focus'))); stops++) {
    await page.keyboard.press('Tab');
    const covered = await page.evaluate(() => {
      const { left, top, width, height } = (document.activeElement as Element).getBoundingClientRect();
      const seen = document.elementFromPoint(left + width / 2, top + height / 2);
      return !seen || (seen.closest('.tray') && !document.activeElement?.closest('.tray'))
        ? document.activeElement?.outerHTML
        : null;
    });
    expect(covered).toBeNull();
  }
  expect(await last.evaluate((link) => link.matches(':focus'))).toBe(true);
});

/** Tab or Shift+Tab, from wherever the focus is. */
async function tabTo(page: Page, wanted: ReturnType<Page['locator']>): Promise<void> {
  for (let stops = 0; stops < 60; stops++) {
    const where = await wanted.evaluate((element) => {
      const { activeElement } = document;
      if (activeElement === element) return 'here';
      const isBefore =
        activeElement && activeElement.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
      return isBefore ? 'before' : 'after';
    });
    if (where === 'here') return;
    await page.keyboard.press(where === 'before' ? 'Shift+Tab' : 'Tab');
  }
  throw new Error('the keyboard does not come there');
}

describe('what cannot be done', () => {
  test('because somebody else was faster, comes back as it is now, with the reason', async () => {
    const [id = ''] = await holdMany(1);
    await using room = await enter('conversation');
    const { page } = room;
    await cards(page).first().waitFor();
    await stack.moderate(id, 'approved');

    await named(page, 'Spam').click();

    await card(page, 'Meanwhile it became approved').waitFor();
    await cards(page).getByRole('button', { name: 'Remove…' }).waitFor();
    await expectAccessible(page);
    expect(await statusOf(id)).toBe('approved');
    expectQuiet(room);
  });

  test('for want of a connection comes back, keeps the words, and works once there is one', async () => {
    const ids = await holdMany(2);
    await using room = await enter('conversation');
    const { page } = room;
    const context = page.context();
    await cards(page).first().waitFor();
    await card(page, 'number 0.').getByRole('button', { name: 'Answer' }).click();
    await page.getByLabel(/^Your answer to/).fill('Half a sentence');
    await context.setOffline(true);

    await card(page, 'number 1.').getByRole('button', { name: 'Approve' }).click();
    await named(page, 'Approve and answer').click();

    await card(page, 'number 1.').getByText('Not done. Stoa cannot be reached').waitFor();
    await card(page, 'number 0.').getByText('Stoa cannot be reached').waitFor();
    expect(await page.getByLabel(/^Your answer to/).inputValue()).toBe('Half a sentence');
    await expectAccessible(page);
    await context.setOffline(false);
    await card(page, 'number 1.').getByRole('button', { name: 'Approve' }).click();
    await named(page, 'Approve and answer').click();
    await page.getByRole('link', { name: 'See it in its place' }).waitFor();
    await settled(page);
    expect(await Promise.all(ids.map(statusOf))).toEqual(['approved', 'approved']);
    expectQuiet(room);
  });

  test('for want of a session keeps the words until somebody signed in again', async () => {
    await holdMany(1);
    await using room = await enter('conversation');
    const { page } = room;
    const context = page.context();
    await cards(page).first().waitFor();
    await named(page, 'Answer').click();
    await page.getByLabel(/^Your answer to/).fill('Before the session ended');
    const refuse = { status: 400, json: { error: 'invalid_grant' }, headers: { 'access-control-allow-origin': '*' } };
    await context.route(`${stack.server.login.issuer}/token`, (route) => route.fulfill(refuse));
    await context.route('**/api/admin/**', (route) => route.fulfill({ status: 401, json: {} }));

    await named(page, 'Approve and answer').click();

    await page.getByText('Your session has ended.').first().waitFor();
    expect(await page.getByLabel(/^Your answer to/).inputValue()).toBe('Before the session ended');
    await context.unrouteAll();
    await named(page, 'Sign in again').click();
    await expect.poll(() => page.getByLabel(/^Your answer to/).inputValue(), soon).toBe('Before the session ended');
    await named(page, 'Approve and answer').click();
    await page.getByRole('link', { name: 'See it in its place' }).waitFor();
    expect(await waiting()).toBe(0);
  });
});

test('with a browser that has no room left, what is typed stays on the screen, and says so', async () => {
  const [id = ''] = await holdMany(1);
  await using room = await enter('conversation');
  const { page } = room;
  await cards(page).first().waitFor();
  await named(page, 'Answer').click();
  await page.getByLabel(/^Your answer to/).fill('Half a');
  await page.evaluate(() => {
    let size = 1024 * 1024;
    for (let n = 0; size > 0; n++) {
      try {
        localStorage.setItem(`filler-${n}`, 'x'.repeat(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
  });

  await page.getByLabel(/^Your answer to/).fill('Half a sentence');

  await page.getByText('send them, or copy them, before you leave').waitFor();
  expect(await page.getByLabel(/^Your answer to/).inputValue()).toBe('Half a sentence');
  await expectAccessible(page);
  await named(page, 'Approve and answer').click();
  await page.getByRole('link', { name: 'See it in its place' }).waitFor();
  expect(await statusOf(id)).toBe('approved');
  expectQuiet(room);
});

test('a moderator answers a report, removes after being asked, finds, pins, and closes a conversation', async () => {
  const words = { ...said(post, 'Rude, and a neighbour’s name.', { person: `rude${stories}` }), reason: null };
  const kept = { ...said(post, 'Fine words.', { person: `fine${stories}` }), reason: null };
  const at = new Date().toISOString();
  for (const [one, reason] of [
    [words, 'It names my neighbour'],
    [kept, ''],
  ] as const) {
    await report(stack.table, post.id, await seat(stack.table, { ...one, created: at }), { reader: 'r', reason, at });
  }
  await using room = await enter('conversation/reported');
  const { page } = room;
  await card(page, 'It names my neighbour').waitFor();
  await expectAccessible(page);

  await card(page, 'Fine words.').getByRole('button', { name: 'Keep' }).click();
  await card(page, 'Rude').getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('dialog').waitFor();
  await expectAccessible(page, 'dialog');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No reader complains').waitFor();
  await settled(page);

  expect(await Promise.all([words.id, kept.id].map(statusOf))).toEqual(['removed', 'approved']);
  expect(JSON.stringify(await commentsOfPerson(stack.table, words.person, { limit: 5 }))).not.toContain('neighbour');
  await page.goto(`${stack.server.url}/admin/#/conversation/search`);
  await page.getByLabel('Words, or a name').fill('FINE words');
  await named(page, 'Search').click();
  await card(page, 'Fine words.').waitFor();
  expect(await cards(page).count()).toBe(1);
  await expectAccessible(page);
  await named(page, 'Pin').click();
  await named(page, 'Unpin').waitFor();
  await page.getByRole('link', { name: 'On this article' }).click();
  await named(page, 'Close the conversation').click();
  await named(page, 'Open the conversation again').waitFor();
  await expectAccessible(page);
  expect(await getPost(stack.table, post.id)).toMatchObject({ closed: true, pins: [expect.any(String)] });
  expectQuiet(room);
});

describe('an author answers what was said to them', () => {
  test.each(['pointer', 'keyboard'])('by the %s', async (by) => {
    // What was said in this very moment would be new at the next look as well: the index may be late.
    const aMinuteAgo = new Date(Date.now() - 60_000).toISOString();
    // The account writes as somebody new: to Ada, the stories before may have let in hundreds within this minute.
    const cleo = { slug: `cleo-${stories}`, name: `Cleo ${stories}` };
    const hers = await publishedPost(stack.table, `hers-${stories}`, { author: cleo });
    const seen = new Date(Date.now() - 61_000).toISOString();
    await saveAccount(stack.table, account, { author: cleo.slug, seen });
    const who = `asks${stories}`;
    const mine = { ...said(hers, 'Is there <em>tea</em>?', { person: who }), created: aMinuteAgo };
    await seat(stack.table, mine);
    const other = await publishedPost(stack.table, `other-${stories}`, { author: { slug: 'bea', name: 'Bea' } });
    await seat(stack.table, { ...said(other, 'Not to Cleo.', { person: `else${stories}` }), created: aMinuteAgo });
    await using room = await enter('said');
    const { page } = room;
    const { keyboard } = page;
    await card(page, who).waitFor();
    expect(await card(page, who).textContent()).toContain('Is there tea?');
    expect(await card(page, 'Not to Cleo.').count()).toBe(0);
    await expectAccessible(page);

    if (by === 'pointer') {
      await card(page, who).getByRole('button', { name: 'Answer' }).click();
      await page.getByLabel(/^Your answer to/).fill('There is, <i>always</i>.');
      await expectAccessible(page);
      await card(page, who).getByRole('button', { name: 'Answer' }).click();
    } else {
      await tabTo(page, card(page, who).getByRole('button', { name: 'Answer' }));
      await keyboard.press('Enter');
      await page.locator('.answer textarea:focus').waitFor();
      await keyboard.type('There is, <i>always</i>.');
      await keyboard.press('Tab');
      await keyboard.press('Enter');
    }
    await card(page, 'You answered.').waitFor();
    await expectAccessible(page);

    await stack.drain();
    const { text } = await stack.page(`/${hers.slug}/`);
    expect(text).toContain('There is, <i>always</i>.');
    // A page looks at fifty of all comments: after a busy minute there are more pages, of which some have nothing for her.
    const [read, more] = [named(page, 'I have read these'), named(page, 'Show more')];
    for (await read.or(more).waitFor(); await more.isVisible(); await read.or(more).waitFor()) await more.click();
    await read.click();
    await page.getByText('Nothing new.').waitFor();
    await page.reload();
    await page.getByText('Nothing new.').waitFor();
    await expectAccessible(page);
    expectQuiet(room);
  });
});
