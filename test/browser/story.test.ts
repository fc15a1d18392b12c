import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { writeArticle } from '../support/articles.ts';
import { closeBrowser, launchBrowser } from '../support/browser.ts';
import { press } from '../support/keyboard.ts';
import { type Folder, type Server, startStoa, stoaJson, temporaryFolder } from '../support/process.ts';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const soon = { timeout: 20_000 };

let browser: Browser;
let folder: Folder;
let data: string;
let server: Server;
let slug: string;
let told = 0;

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'data');
  const config = join(folder.path, 'stoa.json');
  await writeFile(config, '{ "limits": { "address": null } }');
  [browser, server] = await Promise.all([launchBrowser(), startStoa(data, { STOA_CONFIG: config })]);
});

afterAll(async () => {
  await closeBrowser(browser);
  const ended = await server?.kill('SIGTERM');
  await folder[Symbol.asyncDispose]();
  expect(ended).toMatchObject({ code: 0, stderr: '' });
});

/** Every story has an article of its own. */
beforeEach(async () => {
  slug = `bench-${++told}`;
  const head = `title: A bench, the ${told}\nslug: ${slug}\nauthor: Odile Brandt`;
  await stoaJson(data, ['post', 'publish', await writeArticle(folder.path, slug, head, 'It stands outside.')]);
  await expect.poll(async () => (await fetch(`${server.url}/${slug}/`)).status, soon).toBe(200);
});

interface Visitor {
  page: Page;
  open(path: string): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const complaints: string[] = [];
afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

/** A browser of their own; whatever it asks of others, logs as an error or blocks fails the story. */
async function visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url)) complaints.push(`asked ${request.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() !== 'error' || isRefusal(message.text())) return;
    complaints.push(`${message.location().url}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return {
    page,
    open: async (path) => {
      const response = await page.goto(server.url + path);
      expect(response?.headers()['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'/);
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/** Chromium logs every answer above 399, those that the story asked for among them. */
const isRefusal = (text: string) => /status of 4(13|22)/.test(text);

const field = (page: Page, name: string) => page.locator(`[name=${name}]`);
const postIt = (page: Page) => page.getByRole('button', { name: 'Post comment' }).click();

async function write(page: Page, body: string, name = 'Inès', email = 'ines@post.example'): Promise<void> {
  await field(page, 'body').fill(body);
  await field(page, 'name').fill(name);
  await field(page, 'email').fill(email);
}

/** A moderator approves all that waits for this article. */
async function approve(): Promise<void> {
  const held = await stoaJson<{ id: string; post: string }[]>(data, ['comment', 'list', '--held']);
  const ids = held.filter(({ post }) => post === slug).map(({ id }) => id);
  expect(ids).not.toEqual([]);
  await stoaJson(data, ['comment', 'approve', ...ids]);
}

/** Loads the page until it says so. */
async function seesSoon({ page, open }: Visitor, words: string): Promise<void> {
  await expect
    .poll(async () => {
      await open(`/${slug}/`);
      return page.locator('#talk').textContent();
    }, soon)
    .toContain(words);
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(LEVELS).analyze();
  expect(violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ html }) => html)}`)).toEqual([]);
}

/** axe cannot run where scripts are off: it is shown the same document in a page where only the site's own are kept out. */
async function expectAccessibleUnscripted(page: Page): Promise<void> {
  const body = await page.content();
  const context = await browser.newContext();
  const twin = await context.newPage();
  await twin.route('**/*.js', (route) => route.abort());
  await twin.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
  await twin.goto(page.url());
  await expectAccessible(twin);
  await context.close();
}

test('a newcomer reads an article, answers it in place, and sees the answer in the static page after it is approved', async () => {
  await using reader = await visitor();
  const { page } = reader;
  const article = page.getByRole('link', { name: `A bench, the ${told}`, exact: true }).first();
  // The list comes a moment after the article, so that it never leads to nothing.
  await expect.poll(() => reader.open('/').then(() => article.count()), soon).toBe(1);
  await article.click();
  await page.waitForURL(`**/${slug}/`);
  await write(page, 'A <em>window</em> sill. <img src=x>');

  await postIt(page);

  const note = page.locator('#talk > .note[tabindex]');
  await note.waitFor();
  expect(page.url()).toBe(`${server.url}/${slug}/`);
  expect(await note.textContent()).toContain('a person reads every first comment');
  expect(await note.locator('.preview .e-content').innerHTML()).toContain('A <em>window</em> sill.');
  expect(await note.locator('code').textContent()).toBe('img');
  await expectAccessible(page);
  await approve();
  await seesSoon(reader, 'A window sill.');
  expect(await page.locator('#talk h2').first().textContent()).toContain('1 comment');
  await expectAccessible(page);
});

test('a newcomer without scripts answers by the form, sees the receipt, goes back, and finds the answer there once approved', async () => {
  await using reader = await visitor({ javaScriptEnabled: false });
  const { page } = reader;
  await reader.open(`/${slug}/`);
  await expectAccessibleUnscripted(page);
  await write(page, 'A <em>window</em> sill.');

  await postIt(page);

  expect(page.url()).toMatch(/\/api\/comments\/[\w-]+$/);
  expect(await page.locator('h1').textContent()).toBe('Thank you, it is waiting');
  expect(await page.locator('.preview .e-content').innerHTML()).toContain('A <em>window</em> sill.');
  const [cookie] = await page.context().cookies(`${server.url}/api/`);
  expect(cookie).toMatchObject({ name: 'stoa_reader', httpOnly: true, sameSite: 'Strict', path: '/api/' });
  await expectAccessibleUnscripted(page);
  await page.locator('.back a').click();
  expect(page.url()).toBe(`${server.url}/${slug}/`);
  await approve();
  await seesSoon(reader, 'A window sill.');
});

test.each([true, false])('a newcomer answers by the keyboard alone, scripts: %s', async (javaScriptEnabled) => {
  await using reader = await visitor({ javaScriptEnabled });
  const { page } = reader;
  await reader.open(`/${slug}/`);

  await tabTo(page, 'f-body');
  await page.keyboard.type('From the keys.');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Inès');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ines@post.example');
  await page.keyboard.press('Enter');

  const outcome = page.getByText('Thank you', { exact: false }).first();
  await outcome.waitFor();
  expect(await page.locator('.preview .e-content').textContent()).toContain('From the keys.');
  await approve();
  await seesSoon(reader, 'From the keys.');
});

async function tabTo(page: Page, id: string): Promise<void> {
  for (let stops = 0; stops < 60; stops++) {
    await page.keyboard.press('Tab');
    if ((await page.locator(':focus').getAttribute('id')) === id) return;
  }
  throw new Error(`the keyboard does not come to ${id}`);
}

test.each([true, false])('a reply stands below what it answers, scripts: %s', async (javaScriptEnabled) => {
  await using first = await visitor();
  await first.open(`/${slug}/`);
  await write(first.page, 'Who sits here?');
  await postIt(first.page);
  await first.page.locator('#talk > .note[tabindex]').waitFor();
  await approve();
  await using second = await visitor({ javaScriptEnabled });
  const { page } = second;
  await seesSoon(second, 'Who sits here?');

  await page.locator('#comment-1-1 > .re:not(.rp)').click();
  await (javaScriptEnabled ? expectAccessible : expectAccessibleUnscripted)(page);
  await write(page, 'I do.', 'Teodor', 'teodor@post.example');
  await postIt(page);

  await page.locator('.preview').waitFor();
  await approve();
  await seesSoon(second, 'I do.');
  expect(await page.locator('#comment-1-1 > ol > li .e-content').textContent()).toBe('I do.');
  await first.open(`/${slug}/comments/1/`);
  expect(await first.page.locator('#comment-1-1 > ol > #comment-1-2 .e-content').textContent()).toBe('I do.');
  await expectAccessible(first.page);
});

test.each([true, false])('what was typed outlives a refusal, scripts: %s', async (javaScriptEnabled) => {
  await using reader = await visitor({ javaScriptEnabled });
  const { page } = reader;
  await reader.open(`/${slug}/`);
  const words = `Too long. ${'word '.repeat(1800)}`;
  await write(page, words);

  await postIt(page);

  await page.locator('#e-body').waitFor();
  expect(await page.locator('#e-body').textContent()).toContain('A comment may have 8192 bytes');
  expect(await field(page, 'body').inputValue()).toBe(words);
  expect(await field(page, 'name').inputValue()).toBe('Inès');
  await (javaScriptEnabled ? expectAccessible : expectAccessibleUnscripted)(page);
  await field(page, 'body').fill('Short enough.');
  await postIt(page);
  await page.locator('.preview').waitFor();
  await approve();
  await seesSoon(reader, 'Short enough.');
});

test('a draft outlives a reload, and is gone once it is posted', async () => {
  await using reader = await visitor();
  const { page } = reader;
  await reader.open(`/${slug}/`);
  await write(page, 'Half a thou');
  await page.getByText('What you type is kept in this browser').waitFor();

  await page.reload();

  await expect.poll(() => field(page, 'body').inputValue()).toBe('Half a thou');
  await field(page, 'body').fill('Half a thought, and the other.');
  await postIt(page);
  await page.locator('#talk > .note[tabindex]').waitFor();
  await page.reload();
  expect(await field(page, 'body').inputValue()).toBe('');
});

test('a page’s script works while somebody writes, on one challenge, and nobody sees the field that programs fill in', async () => {
  await using reader = await visitor();
  const { page } = reader;
  const challenges: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/challenge')) challenges.push(request.url());
  });
  await reader.open(`/${slug}/`);
  await page.waitForLoadState('networkidle');
  expect(challenges).toEqual([]);

  await write(page, 'A word after another.');
  const sent = page.waitForRequest((request) => request.method() === 'POST');
  await postIt(page);

  const { proof, topic } = (await sent).postDataJSON();
  expect(JSON.parse(atob(proof))).toMatchObject({ algorithm: 'SHA-256', number: expect.any(Number) });
  expect(topic).toBe('');
  expect(challenges).toEqual([`${server.url}/api/posts/${slug}/challenge`]);
  expect(await field(page, 'topic').isVisible()).toBe(false);
});

test.each([true, false])('a regular’s second comment appears at once, scripts: %s', async (javaScriptEnabled) => {
  await using reader = await visitor({ javaScriptEnabled });
  const { page } = reader;
  const regular = `regular-${told}@post.example`;
  await reader.open(`/${slug}/`);
  await write(page, 'My first.', 'Jonna', regular);
  await postIt(page);
  await page.locator('.preview').waitFor();
  await approve();
  await seesSoon(reader, 'My first.');
  await write(page, 'My second.', 'Jonna', regular);

  await postIt(page);

  await page.getByText('it is published').first().waitFor();
  if (javaScriptEnabled)
    expect(await page.locator('.talk > li:first-child .e-content').textContent()).toBe('My second.');
  else await page.getByRole('link', { name: 'See it in its place' }).waitFor();
  await seesSoon(reader, 'My second.');
});

test.each([true, false])(
  'a stranger comments, is held, is approved, edits, erases, by keyboard, scripts: %s',
  async (javaScriptEnabled) => {
    await using reader = await visitor({ javaScriptEnabled });
    const { page } = reader;
    const accessible = () => (javaScriptEnabled ? expectAccessible : expectAccessibleUnscripted)(page);
    const open = (summary: string) => press(page, page.locator('summary', { hasText: summary }));
    const button = (name: string) => press(page, page.getByRole('button', { name }));
    await reader.open(`/${slug}/`);
    await write(page, 'The bench was <b>blue</b>.');

    await button('Post comment');
    if (javaScriptEnabled) {
      const link = page.getByRole('link', { name: 'Your receipt' });
      await link.waitFor();
      await press(page, link);
    }
    await page.waitForURL('**/api/comments/*');
    const receipt = new URL(page.url()).pathname;

    expect(await page.locator('h1').textContent()).toBe('Thank you, it is waiting');
    await open('What we keep');
    expect(await page.locator('.kept dt').count()).toBeGreaterThan(3);
    await approve();
    await seesSoon(reader, 'The bench was blue.');
    await reader.open(receipt);
    expect(await page.locator('h1').textContent()).toBe('Thank you, it is published');
    for (const summary of ['Change the words', 'Erase it', 'What we keep']) await open(summary);
    await accessible();

    await page.locator('textarea').fill('');
    await page.locator('textarea').evaluate((field) => field.removeAttribute('required'));
    await button('Change the words');
    expect(await page.locator('[role=alert]').textContent()).toContain('empty');
    await accessible();
    await page.locator('textarea').fill('The bench was <i>green</i>.');
    await button('Change the words');

    await page.waitForURL(`**${receipt}`);
    expect(await page.locator('.e-content').innerHTML()).toBe('<p>The bench was <i>green</i>.</p>');
    await seesSoon(reader, 'The bench was green.');
    expect(await page.content()).not.toContain('blue');

    await reader.open(receipt);
    await open('Erase it');
    await button('Erase it for good');

    await page.waitForURL('**/api/comments/erased');
    await accessible();
    await expect
      .poll(async () => {
        await reader.open(`/${slug}/`);
        return page.content();
      }, soon)
      .not.toContain('green');
    await reader.open(receipt);
    expect(await page.locator('h1').textContent()).toBe('You erased it');
    await accessible();
  },
);

test.each([true, false])(
  'a reader thanks for a comment by keyboard, and its writer alone sees it, scripts: %s',
  async (javaScriptEnabled) => {
    await using writer = await visitor({ javaScriptEnabled });
    await writer.open(`/${slug}/`);
    await write(writer.page, 'Two legs are shorter.');
    await postIt(writer.page);
    if (javaScriptEnabled) await writer.page.getByRole('link', { name: 'Your receipt' }).click();
    await writer.page.waitForURL('**/api/comments/*');
    const receipt = new URL(writer.page.url()).pathname;
    await approve();

    await using reader = await visitor({ javaScriptEnabled });
    await seesSoon(reader, 'Two legs are shorter.');
    const before = await reader.page.locator('#talk').textContent();
    await press(reader.page, reader.page.getByRole('link', { name: 'Thank or report' }));
    await reader.page.waitForURL('**/report?comment=*');
    await (javaScriptEnabled ? expectAccessible : expectAccessibleUnscripted)(reader.page);
    await press(reader.page, reader.page.getByRole('button', { name: 'Thank you' }));
    await reader.page.waitForURL('**/report?sent=thanks');
    await (javaScriptEnabled ? expectAccessible : expectAccessibleUnscripted)(reader.page);

    await writer.open(receipt);
    expect(await writer.page.locator('main').textContent()).toContain(
      'A reader thanked you for it. Only you see this.',
    );
    await reader.open(`/${slug}/`);
    expect(await reader.page.locator('#talk').textContent()).toBe(before);
  },
);
