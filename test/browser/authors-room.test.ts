import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeBrowser, launchBrowser } from '../support/browser.ts';
import { type Folder, type Server, startStoa, stoaJson, temporaryFolder } from '../support/process.ts';
import {
  type Author,
  type Credentials,
  enterRoom,
  expectAccessible,
  signInAtProvider,
  tabTo,
} from '../support/room.ts';

const soon = { timeout: 20_000 };
const OWNER = { username: 'author', password: 'a bench outside the door' };

let browser: Browser;
let folder: Folder;
let data: string;
let server: Server;
let told = 0;
let title: string;
let slug: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  data = join(folder.path, 'data');
  const config = join(folder.path, 'stoa.json');
  await writeFile(config, JSON.stringify({ limits: { throttle: null } }));
  [browser, server] = await Promise.all([
    launchBrowser(),
    startStoa(data, { STOA_AUTHOR_PASSWORD: OWNER.password, STOA_CONFIG: config }),
  ]);
});

afterAll(async () => {
  await closeBrowser(browser);
  const ended = await server?.kill('SIGTERM');
  await folder[Symbol.asyncDispose]();
  expect(ended).toMatchObject({ code: 0, stderr: '' });
});

/** Every story has an article of its own. */
beforeEach(() => {
  told++;
  title = `A room with a view, the ${told}`;
  slug = `a-room-with-a-view-the-${told}`;
});

const visitors: Author[] = [];
afterEach(async () => {
  const complaints = visitors.flatMap((visitor) => visitor.complaints);
  for (const visitor of visitors.splice(0)) await visitor[Symbol.asyncDispose]();
  expect(complaints).toEqual([]);
});

async function enter(view = '', who: Credentials = OWNER): Promise<Author> {
  const author = await enterRoom(browser, server.url, who, { view });
  visitors.push(author);
  return author;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const statusOf = async (path: string) => (await fetch(server.url + path, { redirect: 'manual' })).status;
/** But for the state that it was made from, and when. */
const undated = (html: string) => html.replace(/data-state="[^"]*"/, '').replace(/<time.*?<\/time>/, '');
const standing = (page: Page, words: string) => page.locator('.stand', { hasText: words }).waitFor();

/** A new article with these words, saved. */
async function write({ page, text }: Author, words: string): Promise<void> {
  await page.getByRole('link', { name: 'New article' }).click();
  await page.getByLabel('Title').fill(title);
  await text.click();
  await page.keyboard.type(words);
  await page.getByLabel('Author').fill('Odile Brandt');
  await button(page, 'Save').click();
  await standing(page, 'Saved.');
}

test('an author signs in, writes, previews, schedules, publishes, renames, withdraws', async () => {
  const author = await enter();
  const { page, text } = author;
  await expectAccessible(page);

  await page.getByRole('link', { name: 'New article' }).click();
  await page.getByLabel('Title').fill(title);
  await text.click();
  await page.keyboard.type('It has *two* doors.');
  await page.getByLabel('Author').fill('Odile Brandt');
  await page.getByLabel('Category').fill('Rooms');
  await page.getByLabel('Tags').fill('doors, light');
  await page.getByText(`/${slug}/ is free.`).waitFor();
  await expectAccessible(page);

  const answer = page.waitForResponse('**/api/admin/previews');
  await button(page, 'Preview').click();
  const { html } = await (await answer).json();
  const preview = page.frameLocator('iframe[title=Preview]');
  await expect.poll(() => preview.locator('h1').textContent(), soon).toBe(title);
  expect(await preview.locator('.body em').textContent()).toBe('two');
  expect(await preview.locator('h1').evaluate((h1) => getComputedStyle(h1).fontFamily)).toContain('Palatino');
  await expectAccessible(page);
  await button(page, 'Preview').click();

  await button(page, 'Publish …').click();
  await page.getByLabel('At a time to come').check();
  await expectAccessible(page);
  await button(page, 'Schedule').click();
  await standing(page, 'Scheduled for');
  expect(await statusOf(`/${slug}/`)).toBe(404);
  expect(page.url()).toMatch(/#\/posts\/[0-9a-f]{32}$/);

  await button(page, 'Publish …').click();
  await page.getByLabel('Publish now').check();
  await button(page, 'Publish now').click();
  await standing(page, 'Published');
  await expect.poll(() => statusOf(`/${slug}/`), soon).toBe(200);
  expect(undated(html)).toBe(undated(await (await fetch(`${server.url}/${slug}/`)).text()));
  await expectAccessible(page);

  await page.getByLabel('Address').fill(`${slug}-renamed`);
  await page.getByText('The old address will lead here for ever.').waitFor();
  await button(page, 'Update').click();
  await standing(page, 'Saved.');
  await expect.poll(() => statusOf(`/${slug}-renamed/`), soon).toBe(200);
  await expect.poll(() => statusOf(`/${slug}/`), soon).toBe(301);

  await button(page, 'Withdraw …').click();
  await expectAccessible(page);
  await button(page, 'Withdraw').click();
  await standing(page, 'Withdrawn');
  await expect.poll(() => statusOf(`/${slug}-renamed/`), soon).toBe(404);
});

test('an author signs in, writes, previews, schedules, publishes, renames, withdraws, by the keyboard alone', async () => {
  const author = await enter();
  const { page, text } = author;
  const press = (key: string) => page.keyboard.press(key);
  const reach = (name: string) => tabTo(page, button(page, name));

  await tabTo(page, page.getByRole('link', { name: 'New article' }));
  await press('Enter');
  await page.getByLabel('Title').waitFor();
  await tabTo(page, page.getByLabel('Title'));
  await page.keyboard.type(title);
  await tabTo(page, text);
  await page.keyboard.type('It has ');
  await press('Control+i');
  await page.keyboard.type('two');
  await press('Control+i');
  await page.keyboard.type(' doors.');
  await tabTo(page, page.getByLabel('Author'));
  await page.keyboard.type('Odile Brandt');
  await press('Control+s');
  await standing(page, 'Saved.');

  await tabTo(page, button(page, 'Preview'), 'Shift+Tab');
  await press('Enter');
  const preview = page.frameLocator('iframe[title=Preview]');
  await expect.poll(() => preview.locator('.body em').textContent(), soon).toBe('two');
  await press('Enter');

  await reach('Publish …');
  await press('Enter');
  await tabTo(page, page.getByLabel('Publish now'));
  await press('ArrowDown');
  await reach('Schedule');
  await press('Enter');
  await standing(page, 'Scheduled for');

  await reach('Publish …');
  await press('Enter');
  await tabTo(page, page.getByLabel('At a time to come'));
  await press('ArrowUp');
  await reach('Publish now');
  await press('Enter');
  await standing(page, 'Published');
  await expect.poll(() => statusOf(`/${slug}/`), soon).toBe(200);

  await tabTo(page, page.getByLabel('Address'));
  await press('End');
  await page.keyboard.type('-renamed');
  await page.getByText('The old address will lead here for ever.').waitFor();
  await press('Control+s');
  await standing(page, 'Saved.');
  await expect.poll(() => statusOf(`/${slug}/`), soon).toBe(301);

  await tabTo(page, button(page, 'Withdraw …'), 'Shift+Tab');
  await press('Enter');
  await reach('Withdraw');
  await press('Enter');
  await standing(page, 'Withdrawn');
  await expect.poll(() => statusOf(`/${slug}-renamed/`), soon).toBe(404);
});

describe('two authors edit the same post and neither loses a word', () => {
  let second: Credentials;
  beforeAll(async () => {
    const { password } = await stoaJson<{ password: string }>(data, [
      'user',
      'add',
      'ada@example.org',
      '--group',
      'author',
    ]);
    second = { username: 'ada@example.org', password };
  });

  async function both(words: string): Promise<[Author, Author]> {
    const first = await enter();
    await write(first, words);
    const other = await enter(new URL(first.page.url()).hash.slice(2), second);
    await other.text.waitFor();
    return [first, other];
  }

  async function append({ page, text }: Author, where: 'Control+Home' | 'Control+End', words: string): Promise<void> {
    await text.click();
    await page.keyboard.press(where);
    await page.keyboard.type(words);
  }

  test('in different places: both changes stand in the text', async () => {
    const [first, other] = await both('One.\n\nTwo.\n\nThree.');
    await append(first, 'Control+Home', 'Before. ');
    await append(other, 'Control+End', ' After.');
    await button(first.page, 'Save').click();
    await standing(first.page, 'Saved.');

    await button(other.page, 'Save').click();

    const newer = other.page.getByRole('heading', { name: 'Somebody else saved a newer version' });
    await newer.waitFor();
    expect(await other.text.innerText()).toContain('Three. After.');
    await expectAccessible(other.page);
    await button(other.page, 'Show what they changed').click();
    expect(await other.page.locator('ins').textContent()).toBe('Before. ');
    await button(other.page, 'Put both together').click();
    await expect.poll(() => other.text.innerText(), soon).toContain('Before. One.');
    await button(other.page, 'Save').click();
    await standing(other.page, 'Saved.');
    await first.page.reload();
    await first.text.waitFor();
    await expect.poll(() => first.text.innerText(), soon).toMatch(/Before\. One\.[\s\S]*Three\. After\./);
  });

  test('in the same place: both stand one after the other, and the one who saved last is told so', async () => {
    const [first, other] = await both('One.');
    await append(first, 'Control+End', ' Hers.');
    await append(other, 'Control+End', ' His.');
    await button(first.page, 'Save').click();
    await standing(first.page, 'Saved.');
    await button(other.page, 'Save').click();

    await button(other.page, 'Put both together').click();

    await other.page.getByText('Both of you changed 1 place in the text.').waitFor();
    await expectAccessible(other.page);
    const merged = await other.text.innerText();
    expect(merged).toContain('One. Hers.');
    expect(merged).toContain('One. His.');
  });

  test('theirs is taken: mine is a draft of its own', async () => {
    const [first, other] = await both('One.');
    await append(first, 'Control+End', ' Hers.');
    await append(other, 'Control+End', ' His.');
    await button(first.page, 'Save').click();
    await standing(first.page, 'Saved.');
    await button(other.page, 'Save').click();

    await button(other.page, 'Take theirs').click();

    await expect.poll(() => other.text.innerText(), soon).toContain('One. Hers.');
    await other.page.getByRole('link', { name: 'a draft of its own' }).click();
    await expect.poll(() => other.text.innerText(), soon).toContain('One. His.');
  });

  test('each finds every version in the history, and what it changed', async () => {
    const [first] = await both('One.');
    await append(first, 'Control+End', ' Two.');
    await button(first.page, 'Save').click();
    await standing(first.page, 'Saved.');

    await first.page.getByRole('link', { name: 'History' }).click();

    await first.page.locator('.revision').first().click();
    await expect.poll(() => first.page.locator('.difference ins').textContent(), soon).toBe(' Two.');
    await expectAccessible(first.page);
    await first.page.locator('.revision').nth(1).click();
    await button(first.page, 'Bring these words back').click();
    await expect.poll(() => first.text.innerText(), soon).toBe('One.');
    await standing(first.page, 'Not saved yet.');
  });
});

describe('the words stay on the screen, and it is said what to do', () => {
  test('without a connection', async () => {
    const author = await enter();
    await write(author, 'One.');
    const { page, text } = author;
    await page.context().setOffline(true);
    await text.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Two.');

    await button(page, 'Save').click();

    await page.getByText('Stoa cannot be reached. Check the connection').waitFor();
    await standing(page, 'Not saved yet. Kept in this browser');
    expect(await text.innerText()).toBe('One. Two.');
    await expectAccessible(page);
    await page.context().setOffline(false);
    await button(page, 'Save').click();
    await standing(page, 'Saved.');
    expect(await page.getByText('cannot be reached').count()).toBe(0);
  });

  test('with a session that has ended: signing in again leads back to them', async () => {
    const author = await enter();
    await write(author, 'One.');
    const { page, text } = author;
    await page.route('**/token', (route) =>
      route.fulfill({
        status: 400,
        contentType: 'application/json',
        headers: { 'access-control-allow-origin': '*' },
        body: '{"error":"invalid_grant"}',
      }),
    );
    await page.route('**/api/admin/**', (route) => route.fulfill({ status: 401, body: '{"message":"Unauthorized"}' }));
    await text.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Two.');

    await button(page, 'Save').click();

    await page.getByText('Your session has ended.', { exact: true }).waitFor();
    expect(await text.innerText()).toBe('One. Two.');
    await expectAccessible(page);
    await page.unroute('**/token');
    await page.unroute('**/api/admin/**');
    await button(page, 'Sign in again').click();
    await standing(page, 'Not saved yet. Kept in this browser');
    expect(await text.innerText()).toBe('One. Two.');
    await button(page, 'Save').click();
    await standing(page, 'Saved.');
  });

  test('with a preview of which a part cannot be read', async () => {
    const author = await enter();
    await write(author, 'One.');
    const { page, text } = author;
    for (const part of ['site', 'authors?name=*']) {
      await page.route(`**/api/admin/${part}`, (route) => route.fulfill({ status: 500, body: '{}' }));

      await button(page, 'Preview').click();

      await page
        .getByRole('alert')
        .filter({ hasText: 'The server answered 500. What you wrote is still here.' })
        .waitFor();
      await page.unroute(`**/api/admin/${part}`);
      await button(page, 'Preview').click();
    }
    expect(await text.innerText()).toBe('One.');
  });

  test('with a browser that has no room left for drafts', async () => {
    const author = await enter();
    await write(author, 'One.');
    const { page, text } = author;
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
    await text.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Two.');

    await page.getByText('This browser has no room left to keep your words.', { exact: true }).waitFor();

    expect(await text.innerText()).toBe('One. Two.');
    await expectAccessible(page);
    await button(page, 'Save now').click();
    await standing(page, 'Saved.');
    expect(await page.getByText('no room left').count()).toBe(0);
  });

  test('where the answer to a save was lost: it was saved, and nobody else is blamed', async () => {
    const author = await enter();
    await write(author, 'One.');
    const { page, text } = author;
    await page.route('**/api/admin/posts/*', async (route) => {
      if (route.request().method() !== 'PUT') return route.continue();
      await route.fetch();
      await route.abort();
    });
    await text.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Two.');
    await button(page, 'Save').click();
    await page.getByText('Stoa cannot be reached. Check the connection').waitFor();
    await page.unroute('**/api/admin/posts/*');
    await text.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Three.');

    await button(page, 'Save').click();

    await standing(page, 'Saved.');
    expect(await page.getByText('Somebody else').count()).toBe(0);
    await page.reload();
    await expect.poll(() => text.innerText(), soon).toBe('One. Two. Three.');
  });

  test('where the answer to the first save of all was lost: it is the same article, and there is one of it', async () => {
    const author = await enter();
    const { page, text } = author;
    await page.route('**/api/admin/posts', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('link', { name: 'New article' }).click();
    await page.getByLabel('Title').fill(title);
    await text.click();
    await page.keyboard.type('One.');
    await page.getByLabel('Author').fill('Odile Brandt');
    await button(page, 'Save').click();
    await page.getByText('Stoa cannot be reached. Check the connection').waitFor();
    await page.unroute('**/api/admin/posts');
    await text.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Two.');

    await button(page, 'Save').click();

    await standing(page, 'Saved.');
    await page.reload();
    await expect.poll(() => text.innerText(), soon).toBe('One. Two.');
    await page.goto(`${server.url}/admin/#/?q=${encodeURIComponent(title)}`);
    await page.getByRole('link', { name: title }).waitFor();
    expect(await page.getByRole('link', { name: title }).count()).toBe(1);
  });

  test('after a closed tab', async () => {
    const author = await enter();
    const { page, text } = author;
    await write(author, 'One.');
    await text.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Two.');
    const address = page.url();
    const again = await page.context().newPage();

    await page.close();

    await again.goto(address);
    await expect
      .poll(() => again.getByRole('textbox', { name: 'Text, in Markdown' }).innerText(), soon)
      .toBe('One. Two.');
    await standing(again, 'Not saved yet. Kept in this browser');
  });

  test('after a refusal, which marks the field', async () => {
    const author = await enter();
    const { page, text } = author;
    await page.getByRole('link', { name: 'New article' }).click();
    await text.click();
    await page.keyboard.type('One.');

    await button(page, 'Save').click();

    await page.getByText('What you wrote is still here.').waitFor();
    await expect.poll(() => page.getByLabel('Title').getAttribute('aria-invalid'), soon).toBe('true');
    await expect.poll(() => page.getByLabel('Title').evaluate((field) => field.matches(':focus')), soon).toBe(true);
    expect(await text.innerText()).toBe('One.');
    await expectAccessible(page);
  });
});

describe('the session', () => {
  test('a reload signs in again by the provider, and comes back to where one was', async () => {
    const { page } = await enter('site');
    await page.getByRole('heading', { name: 'Site', level: 1 }).waitFor();

    await page.reload();

    await page.getByRole('heading', { name: 'Site', level: 1 }).waitFor();
    expect(page.url()).toBe(`${server.url}/admin/#/site`);
  });

  test('no token lies where another script of this origin, or a later visitor, could read it', async () => {
    const { page } = await enter();

    const stored = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    );

    expect(stored).not.toMatch(/eyJ|token/i);
  });

  test('it is renewed before the token ends, without leaving the page', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(`${server.url}/admin/`);
    await button(page, 'Sign in').click();
    await signInAtProvider(page, OWNER);
    await page.getByRole('heading', { name: 'Write' }).waitFor();
    const renewal = page.waitForRequest((request) => request.postData()?.includes('grant_type=refresh_token') ?? false);

    await page.clock.fastForward('59:30');

    expect((await (await renewal).response())?.status()).toBe(200);
    expect(await page.getByText('Your session has ended.').count()).toBe(0);
    await context.close();
  });

  test('signing out ends it at the provider too', async () => {
    const { page } = await enter();

    await button(page, 'Sign out').click();
    await button(page, 'Sign out').click();

    await page.getByRole('heading', { name: 'The authors’ room' }).waitFor();
    await expectAccessible(page);
    await button(page, 'Sign in').click();
    await page.locator('#password').waitFor();
  });

  test('an account without the group is told so, and sees nothing', async () => {
    const { password } = await stoaJson<{ password: string }>(data, [
      'user',
      'add',
      'mod@example.org',
      '--group',
      'moderator',
    ]);

    const { page } = await enter('posts/new-1', { username: 'mod@example.org', password });

    await page.getByText('This is for accounts in the group author').waitFor();
    expect(await page.getByRole('link', { name: 'Write', exact: true }).count()).toBe(0);
    await expectAccessible(page);
  });

  test('a sign-in that failed says so, and does not try again by itself', async () => {
    const { page } = await enter();

    await page.goto(`${server.url}/admin/?error=access_denied&state=unknown`);

    await page.getByRole('heading', { name: 'Signing in did not work' }).waitFor();
    await expectAccessible(page);
  });
});
