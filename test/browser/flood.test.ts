import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeBrowser, launchBrowser } from '../support/browser.ts';
import { publishedPost } from '../support/content.ts';
import { press } from '../support/keyboard.ts';
import { FORM, filled, formBody, openStack, SAME_ORIGIN, type Stack } from '../support/stack.ts';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const SLUG = 'a-chair-too-few';
const ADDRESSES = 50;
const EACH = 40;
/** Requests on their way at once. */
const HOSES = 4;
const soon = { timeout: 60_000 };

let stack: Stack;
let browser: Browser;
beforeAll(async () => {
  // The quotas, the queue's end and the proof that are the defaults; the gateway's throttle counts all alike.
  [browser, stack] = await Promise.all([launchBrowser(), openStack({ limits: { throttle: null }, proof: {} })]);
  await publishedPost(stack.table);
  await stack.drain();
});
afterAll(async () => {
  await closeBrowser(browser);
  await stack[Symbol.asyncDispose]();
});

/** A browser of their own, on the article. */
async function visitor(options: BrowserContextOptions = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const read = async () => {
    await page.goto(`${stack.server.url}/${SLUG}/`);
    return (await page.locator('#talk').textContent()) ?? '';
  };
  return { page, read, [Symbol.asyncDispose]: () => context.close() };
}

/** By the keyboard alone. */
async function comment(page: Page, email: string, body: string): Promise<void> {
  const given = { body, name: 'Inès', email };
  for (const [name, text] of Object.entries(given)) {
    await press(page, page.locator(`[name=${name}]`), 'End');
    await page.keyboard.type(text);
  }
  await press(page, page.getByRole('button', { name: 'Post comment' }));
}

async function idOf(source: string): Promise<string> {
  const items = Object.values(await stack.stored()) as { id?: string; source?: string }[];
  return items.find((item) => item.source === source)?.id ?? '';
}

async function pour(): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  let poured = 0;
  const hose = async () => {
    for (let i = poured++; i < ADDRESSES * EACH; i = poured++) {
      const [address, n] = [i % ADDRESSES, Math.floor(i / ADDRESSES)];
      const { status } = await stack.send(`/api/posts/${SLUG}/comments`, {
        method: 'POST',
        from: `127.2.0.${address + 1}`,
        headers: { ...FORM, ...SAME_ORIGIN },
        body: formBody(filled({ email: `bot-${address}-${n}@example.org`, body: `Buy benches, ${address}, ${n}.` })),
      });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: HOSES }, hose));
  return statuses;
}

test('a flood of 2,000 comments from 50 addresses leaves the site readable, the queue bounded, and real readers able to comment', async () => {
  await using regular = await visitor();
  await using stranger = await visitor({ javaScriptEnabled: false });
  await regular.read();
  await comment(regular.page, 'regular@post.example', 'Here before the flood.');
  await expect.poll(() => idOf('Here before the flood.'), soon).not.toBe('');
  await stack.moderate(await idOf('Here before the flood.'), 'approved');
  await stack.drain();

  const flood = pour();

  expect(await regular.read()).toContain('Here before the flood.');
  expect(await stranger.read()).toContain('Here before the flood.');
  await comment(regular.page, 'regular@post.example', 'Here in the flood.');
  await regular.page.getByText('it is published').first().waitFor(soon);
  await comment(stranger.page, 'stranger@post.example', 'New here.');
  const thanks = stranger.page.getByRole('heading', { name: 'Thank you, it is waiting' });
  // Who is turned away finds the words where they were, and sends them again.
  await expect
    .poll(
      async () => {
        await stranger.page.waitForLoadState();
        if (await thanks.count()) return true;
        expect(await stranger.page.locator('[name=body]').inputValue()).toBe('New here.');
        await press(stranger.page, stranger.page.getByRole('button', { name: 'Post comment' }));
        return false;
      },
      { timeout: 120_000, interval: 3_000 },
    )
    .toBe(true);
  const statuses = await flood;
  await stack.drain();

  expect([...statuses.keys()].toSorted()).toEqual([303, 429]);
  expect([...statuses.values()].reduce((sum, count) => sum + count, 0)).toBe(ADDRESSES * EACH);
  const waiting = Object.values(await stack.stored()).filter((item) => (item as { queue?: string }).queue === 'held');
  expect(waiting.length).toBeLessThanOrEqual(ADDRESSES * 5);
  for (const { page, read } of [regular, stranger]) {
    const talk = await read();
    expect(talk).toContain('Here in the flood.');
    expect(talk).not.toContain('Buy benches');
    expect(page.url()).toBe(`${stack.server.url}/${SLUG}/`);
  }
  const { violations } = await new AxeBuilder({ page: regular.page }).withTags(LEVELS).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
}, 300_000);
