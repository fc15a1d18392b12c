import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressHash } from '../../functions/domain/identity.ts';
import { readKeys } from '../../functions/keys.ts';
import { claimAddress } from '../../functions/table/people.ts';
import { closeBrowser, launchBrowser } from '../support/browser.ts';
import { publishedPost } from '../support/content.ts';
import { press as pressControl } from '../support/keyboard.ts';
import { openStack, type Stack } from '../support/stack.ts';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const SLUG = 'a-chair-too-few';
const soon = { timeout: 20_000 };

let stack: Stack;
let browser: Browser;
beforeAll(async () => {
  [browser, stack] = await Promise.all([
    launchBrowser(),
    openStack({ limits: { address: null, post: null, throttle: null } }),
  ]);
  await publishedPost(stack.table);
  await stack.drain();
});
afterAll(async () => {
  await closeBrowser(browser);
  await stack[Symbol.asyncDispose]();
});

interface Visitor {
  page: Page;
  open(path: string): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A browser of their own. */
async function visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  return {
    page,
    open: async (path) => {
      await page.goto(stack.server.url + path);
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/** axe cannot run where scripts are off: it is shown the same document in a page where they are on. */
async function expectAccessible(page: Page): Promise<void> {
  const context = await browser.newContext();
  const twin = await context.newPage();
  const body = await page.content();
  await twin.route('**/*.js', (route) => route.abort());
  await twin.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
  await twin.goto(page.url());
  const { violations } = await new AxeBuilder({ page: twin }).withTags(LEVELS).analyze();
  await context.close();
  expect(violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ html }) => html)}`)).toEqual([]);
}

/** By the keyboard alone. */
const press = (page: Page, name: string, key = 'Enter') =>
  pressControl(page, page.getByRole('button', { name }).or(page.getByRole('checkbox', { name })).first(), key);

async function write({ page, open }: Visitor, email: string, body: string): Promise<void> {
  await open(`/${SLUG}/`);
  await page.locator('[name=body]').fill(body);
  await page.locator('[name=name]').fill('Inès');
  await page.locator('[name=email]').fill(email);
}

async function idOf(source: string): Promise<string> {
  const items = Object.values(await stack.stored()) as { id?: string; source?: string; status?: string }[];
  return items.find((item) => item.source === source)?.id ?? '';
}

/** The newest mail to an address, opened in the outbox as in a mail program. */
async function openMail({ page, open }: Visitor, email: string): Promise<void> {
  await stack.drain();
  await open('/outbox/');
  await page
    .locator('li', { hasText: `to ${email}` })
    .first()
    .getByRole('link')
    .first()
    .click();
  await page.waitForURL('**/html');
}

const talk = async ({ page, open }: Visitor) => {
  await open(`/${SLUG}/`);
  return page.locator('#talk').textContent();
};

test.each([true, false])(
  'a regular is published at once on a second device after a mailed link, by keyboard, scripts: %s',
  async (javaScriptEnabled) => {
    const email = `ines-${javaScriptEnabled}@post.example`;
    const words = (what: string) => `${what} (${javaScriptEnabled})`;
    {
      await using first = await visitor({ javaScriptEnabled });
      await write(first, email, words('From the first'));
      await press(first.page, 'Mail me replies', 'Space');
      await expectAccessible(first.page);
      await press(first.page, 'Post comment');
      await expect.poll(() => idOf(words('From the first')), soon).not.toBe('');
    }
    await stack.moderate(await idOf(words('From the first')), 'approved');

    await using second = await visitor({ javaScriptEnabled });
    const { page } = second;
    await openMail(second, email);
    expect(await page.getByRole('link', { name: 'Yes, write to me' }).count()).toBe(1);
    await expectAccessible(page);

    await second.open('/api/me');
    await expectAccessible(page);
    await page.locator('[name=email]').fill(email);
    await press(page, 'Send me a link');
    await page.waitForURL('**/api/me?asked');
    await expectAccessible(page);
    await openMail(second, email);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Show it' }).click();
    await expectAccessible(page);
    await press(page, 'Show it');
    await page.waitForURL('**/api/me');
    expect(await page.locator('.preview').textContent()).toContain(words('From the first'));
    await expectAccessible(page);
    await press(page, 'Write to me once a day instead');
    await page.waitForURL('**/api/me?done=daily');
    await expectAccessible(page);
    await press(page, 'Know me in this browser');
    await page.waitForURL('**/api/me?done=known');
    expect(await page.getByRole('status').textContent()).toContain('You are known');
    await expectAccessible(page);

    await write(second, email, words('From the second'));
    await press(page, 'Post comment');
    await expect.poll(() => idOf(words('From the second')), soon).not.toBe('');
    await expect.poll(() => talk(second), soon).toContain(words('From the second'));

    await second.open('/api/me');
    await press(page, 'Erase this comment');
    await page.waitForURL('**/api/me?done=erased');
    await expect.poll(() => talk(second), soon).not.toContain(words('From the second'));
    await second.open('/api/me');
    await press(page, 'Everything, for good', 'Space');
    await press(page, 'Erase everything');
    await page.waitForURL('**/api/me?done=all-erased');
    await expect.poll(() => talk(second), soon).not.toContain(words('From the first'));
  },
);

test.each([true, false])(
  "someone types the owner's address and gets nowhere, scripts: %s",
  async (javaScriptEnabled) => {
    const owner = `owner-${javaScriptEnabled}@stoa.example`;
    const words = `I own this place, scripts: ${javaScriptEnabled}.`;
    await claimAddress(stack.table, addressHash(readKeys().identityKey, owner), 'ada-byrne');
    await using stranger = await visitor({ javaScriptEnabled });
    const { page } = stranger;

    await write(stranger, owner, words);
    await press(page, 'Post comment');
    await expect.poll(() => idOf(words), soon).not.toBe('');
    await expectAccessible(page);
    await stranger.open('/api/me');
    await page.locator('[name=email]').fill(owner);
    await press(page, 'Send me a link');
    await page.waitForURL('**/api/me?asked');
    await expectAccessible(page);
    await stack.drain();
    await stranger.open('/api/me');

    expect(await page.locator('main').textContent()).not.toContain(words);
    expect(await page.getByRole('button', { name: 'Send me a link' }).count()).toBe(1);
    expect(await talk(stranger)).not.toContain(words);
    const mails = (await stack.server.platform.mails.list()).map(({ mail }) => mail.Destination.ToAddresses.join());
    expect(mails).toContain(owner);
  },
);
