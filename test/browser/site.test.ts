import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeBrowser, launchBrowser } from '../support/browser.ts';
import { type Folder, type Server, startStoa, temporaryFolder } from '../support/process.ts';
import { enterRoom, expectAccessible, tabTo } from '../support/room.ts';

const soon = { timeout: 20_000 };
const withinTwoMinutes = { timeout: 120_000, interval: 1_000 };
const OWNER = { username: 'author', password: 'a bench outside the door' };
const PHONE = { viewport: { width: 390, height: 844 } };

let browser: Browser;
let folder: Folder;
let server: Server;

beforeAll(async () => {
  folder = await temporaryFolder();
  const config = join(folder.path, 'stoa.json');
  await writeFile(config, JSON.stringify({ limits: { throttle: null } }));
  [browser, server] = await Promise.all([
    launchBrowser(),
    startStoa(join(folder.path, 'data'), {
      STOA_AUTHOR_PASSWORD: OWNER.password,
      STOA_CONFIG: config,
      STOA_SAMPLE: 'on',
    }),
  ]);
});

afterAll(async () => {
  await closeBrowser(browser);
  const ended = await server?.kill('SIGTERM');
  await folder[Symbol.asyncDispose]();
  expect(ended).toMatchObject({ code: 0 });
});

const pageOf = async (path: string) => (await fetch(server.url + path)).text();
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const said = (page: Page, words: string) =>
  page.getByText(words, { exact: true }).first().waitFor({ state: 'attached' });

test("an author changes the site's name, card and menu, and readers see it", async () => {
  await using author = await enterRoom(browser, server.url, OWNER, { view: 'site' });
  const { page } = author;
  await field(page, 'Tagline').fill('Sit down, the kettle is on');
  await field(page, 'About the owner').fill('Four people and a dog, above the harbour.');
  await page.getByRole('group', { name: 'Menu' }).getByRole('button', { name: 'Add a link' }).click();
  await page.getByLabel('Menu, number 2: words').fill('Neighbourhood');
  await page.getByLabel('Menu, number 2: where it leads').fill('/category/neighbourhood/');
  await expectAccessible(page);

  await page.getByRole('region', { name: 'Name, card and menus' }).getByRole('button', { name: 'Save' }).click();
  await said(page, 'Saved.');

  await expect.poll(() => pageOf('/'), soon).toContain('Sit down, the kettle is on');
  expect(await pageOf('/')).toContain('Four people and a dog');
  expect(await pageOf('/')).toContain('href="/category/neighbourhood/">Neighbourhood</a>');
  await expect
    .poll(() => pageOf('/the-bench-outside/'), withinTwoMinutes)
    .toContain('href="/category/neighbourhood/">Neighbourhood</a>');
  expect(author.complaints).toEqual([]);
}, 180_000);

test('the same by keyboard alone, on a phone: what is refused stays, and says why', async () => {
  await using author = await enterRoom(browser, server.url, OWNER, { view: 'site', ...PHONE });
  const { page } = author;
  await field(page, 'Name').waitFor();
  await tabTo(page, field(page, 'Name'));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'What you typed is still here' }).waitFor();
  await expectAccessible(page);

  await page.keyboard.type('The reading room');
  await page.keyboard.press('Enter');
  await said(page, 'Saved.');

  await expect.poll(() => pageOf('/'), soon).toContain('The reading room');
  expect(author.complaints).toEqual([]);
});

test('an author renames a category and adds one, and names the author this account writes as', async () => {
  await using author = await enterRoom(browser, server.url, OWNER, { view: 'site' });
  const { page } = author;
  const categories = page.getByRole('region', { name: 'Categories' });
  await categories.getByText('Neighbourhood', { exact: true }).click();
  const opened = categories.locator('details[open]');
  await opened.getByLabel('Name').fill('The quarter');
  await opened.getByRole('button', { name: 'Save' }).click();
  await categories.getByLabel('Another category').fill('会話');
  await categories.getByRole('button', { name: 'Add' }).click();
  await categories.getByText('会話', { exact: true }).waitFor();
  await page.getByRole('region', { name: 'You write as' }).getByLabel('Author').selectOption('Odile Brandt');
  await said(page, 'Saved.');
  await expectAccessible(page);

  await expect.poll(() => pageOf('/category/neighbourhood/'), withinTwoMinutes).toContain('The quarter');
  await page.reload();
  const chosen = page.getByRole('region', { name: 'You write as' }).getByLabel('Author');
  await chosen.waitFor();
  expect(await chosen.inputValue()).toBe('odile-brandt');
  expect(author.complaints).toEqual([]);
}, 180_000);

test('what somebody else saved meanwhile, and what was typed here, are put together', async () => {
  await using one = await enterRoom(browser, server.url, OWNER, { view: 'site' });
  await using two = await enterRoom(browser, server.url, OWNER, { view: 'site' });
  const save = (page: Page) =>
    page.getByRole('region', { name: 'Name, card and menus' }).getByRole('button', { name: 'Save' }).click();
  await field(one.page, 'Owner').fill('The neighbours');
  await field(two.page, 'Tagline').fill('Mind the step');
  await save(one.page);
  await said(one.page, 'Saved.');
  await two.page.context().setOffline(true);

  await save(two.page);

  await two.page.getByText('Check the connection, then try again. What you typed is still here.').waitFor();
  await two.page.context().setOffline(false);
  await save(two.page);
  await two.page.getByRole('button', { name: 'Put mine over theirs' }).waitFor();
  expect(await field(two.page, 'Tagline').inputValue()).toBe('Mind the step');
  await expectAccessible(two.page);
  await two.page.getByRole('button', { name: 'Put mine over theirs' }).click();
  expect(await field(two.page, 'Owner').inputValue()).toBe('The neighbours');
  await save(two.page);
  await said(two.page, 'Saved.');
  await expect.poll(() => pageOf('/'), soon).toContain('Mind the step');
  expect(await pageOf('/')).toContain('The neighbours');
  expect([...one.complaints, ...two.complaints]).toEqual([]);
});
