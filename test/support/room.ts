import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

export interface Credentials {
  username: string;
  password: string;
}

export interface Author {
  page: Page;
  /** What the page logged as an error, or threw, that the test did not ask for; refusals of the API are none. */
  complaints: string[];
  /** The text of an article, as an editor's content. */
  text: Locator;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Somebody in the authors' room, in a browser of their own, signed in and at this view. */
export async function enterRoom(
  browser: Browser,
  url: string,
  credentials: Credentials,
  { view = '', ...options }: BrowserContextOptions & { view?: string } = {},
): Promise<Author> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${url}/admin/#/${view}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await signInAtProvider(page, credentials);
  await page.getByRole('navigation', { name: 'Places' }).waitFor();
  return {
    page,
    complaints,
    text: page.getByRole('textbox', { name: 'Text, in Markdown' }),
    [Symbol.asyncDispose]: () => context.close(),
  };
}

export async function signInAtProvider(page: Page, { username, password }: Credentials): Promise<void> {
  await page.locator('#username').fill(username);
  await page.locator('#password').fill(password);
  await page.keyboard.press('Enter');
}

/** Of the page or a part of it. The preview is left out: it is a page of the blog, whose tests look at those, and no script runs in it. */
export async function expectAccessible(page: Page, part = 'html'): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(part).withTags(LEVELS).exclude('iframe').analyze();
  expect(violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ html }) => html)}`)).toEqual([]);
}

/** Presses Tab until what is wanted has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, wanted: Locator, key = 'Tab'): Promise<void> {
  for (let stops = 0; stops < 80; stops++) {
    if (await wanted.evaluate((element) => element.matches(':focus, :focus-within'), null, { timeout: 5000 })) return;
    await page.keyboard.press(key);
  }
  throw new Error(`the keyboard does not come to ${wanted}`);
}
