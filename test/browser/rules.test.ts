import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Rules } from '../../functions/domain/rules.ts';
import { seat } from '../../functions/table/comments.ts';
import type { PostItem } from '../../functions/table/posts.ts';
import { readRules } from '../../functions/table/rules.ts';
import { closeBrowser, launchBrowser } from '../support/browser.ts';
import { publishedPost, said } from '../support/content.ts';
import { type Author, enterRoom, expectAccessible, tabTo } from '../support/room.ts';
import { bodyOf, filled, JSON_TYPE, openStack, type Stack } from '../support/stack.ts';

const soon = { timeout: 20_000 };

let browser: Browser;
let stack: Stack;
let post: PostItem;

beforeAll(async () => {
  [browser, stack] = await Promise.all([launchBrowser(), openStack({ rules: { firstTime: false } })]);
  post = await publishedPost(stack.table);
  const facts = ['trusted', 'proved'] as const;
  for (const [n, words] of ['I sell benches.', 'I sit on benches.', 'Selling is for others.'].entries()) {
    const created = new Date(Date.now() - n * 86_400_000).toISOString();
    await seat(stack.table, { ...said(post, words, { person: `p${n}` }), reason: null, facts, created });
  }
});
afterAll(async () => {
  await closeBrowser(browser);
  await stack[Symbol.asyncDispose]();
});

let room: Author;
let page: Page;
beforeEach(async () => {
  const { account } = stack.server.login;
  room = await enterRoom(browser, stack.server.url, account, { view: 'conversation/rules', reducedMotion: 'reduce' });
  page = room.page;
  await page.getByLabel('Words', { exact: true }).waitFor();
});
afterEach(async () => {
  const { complaints } = room;
  await room[Symbol.asyncDispose]();
  expect(complaints).toEqual([]);
});

const words = () => page.getByLabel('Words', { exact: true });
const named = (name: string) => page.getByRole('button', { name, exact: true });
const differing = () =>
  page.getByRole('list', { name: 'Comments that would have fared otherwise' }).getByRole('listitem');
const inForce = async () => (await readRules(stack.table))?.rules.block.words ?? [];

/** Another moderator's change, at this moment. */
async function meanwhile(change: (rules: Rules) => Rules): Promise<void> {
  const path = '/api/admin/rules';
  const headers = { ...JSON_TYPE, authorization: `Bearer ${await stack.tokenOf({ groups: ['moderator'] })}` };
  const { rules, ver } = bodyOf(await stack.send(path, { headers }));
  const changed = await stack.send(path, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ rules: change(rules), ver }),
  });
  expect(changed.status).toBe(200);
}

test('a moderator tries a rule before it takes effect', async () => {
  await expectAccessible(page);
  expect(await page.getByRole('listitem').filter({ hasText: 'Has a blocked word' }).count()).toBe(1);
  expect(await named('Put these rules in force').count()).toBe(0);

  await tabTo(page, words());
  await page.keyboard.type('sell\n*');
  await tabTo(page, named('Try on the last 90 days'));
  await page.keyboard.press('Enter');
  await page.getByText('“*”: a word must have').waitFor();
  await expect.poll(() => words().evaluate((field) => field.matches(':focus')), soon).toBe(true);
  await expectAccessible(page);
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await tabTo(page, named('Try on the last 90 days'));
  await page.keyboard.press('Enter');

  await page.getByText('Of the 3 comments of the last 90 days, 1 would have fared otherwise.').first().waitFor();
  expect(await differing().count()).toBe(1);
  expect(await differing().textContent()).toContain('From published at once → to waits: Has a blocked word');
  expect(await differing().textContent()).toContain('I sell benches.');
  expect(await page.getByText('1 would wait instead of being published at once').count()).toBe(1);
  await expectAccessible(page);
  expect(await inForce()).toEqual([]);
  expect(bodyOf(await stack.json(post.slug, filled({ body: 'I sell chairs.' })))).toMatchObject({ status: 'approved' });

  await tabTo(page, words(), 'Shift+Tab');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('ing');
  await page.getByText('Changed since it was tried.').waitFor();
  expect(await named('Put these rules in force').count()).toBe(0);
  await tabTo(page, named('Try on the last 90 days'));
  await page.keyboard.press('Enter');
  await tabTo(page, named('Put these rules in force'));
  await page.keyboard.press('Enter');

  await page.getByText('In force, for what is sent from now on.').waitFor();
  await expectAccessible(page);
  expect(await inForce()).toEqual(['selling']);
  expect(bodyOf(await stack.json(post.slug, filled({ body: 'I am selling chairs.' })))).toMatchObject({
    status: 'pending',
    reason: 'block.word',
  });
});

describe('the words stay on the screen, and it is said what to do', () => {
  /** Typed, tried, and ready to be saved. */
  async function tried(text: string): Promise<void> {
    await words().fill(text);
    await named('Try on the last 90 days').click();
    await named('Put these rules in force').waitFor();
  }

  test('when somebody else changed the rules: both changes stand, and are tried together', async () => {
    await tried('bargain');
    await meanwhile((rules) => ({ ...rules, longest: 700 }));

    await named('Put these rules in force').click();

    await page.getByText('put your change on top of them. What you typed is still here.').waitFor();
    await expectAccessible(page);
    await named('Put mine over theirs').click();
    expect(await words().inputValue()).toBe('bargain');
    expect(await page.getByLabel('More characters than').inputValue()).toBe('700');
    await named('Try on the last 90 days').click();
    await named('Put these rules in force').click();
    await page.getByText('In force, for what is sent from now on.').waitFor();
    expect((await readRules(stack.table))?.rules).toMatchObject({ longest: 700, block: { words: ['bargain'] } });
  });

  test('without a connection, and where the answer to a save was lost', async () => {
    await words().fill('raffle');
    await page.context().setOffline(true);
    await named('Try on the last 90 days').click();
    await page.getByText('Stoa cannot be reached. Check the connection').waitFor();
    expect(await words().inputValue()).toBe('raffle');
    await expectAccessible(page);
    await page.context().setOffline(false);
    await named('Try on the last 90 days').click();
    await named('Put these rules in force').waitFor();
    await page.route('**/api/admin/rules', async (route) => {
      await route.fetch();
      await route.abort();
    });

    await named('Put these rules in force').click();

    await page.getByText('Stoa cannot be reached. Check the connection').waitFor();
    expect(await inForce()).toEqual(['raffle']);
    await page.unroute('**/api/admin/rules');
    await named('Put these rules in force').click();
    await page.getByText('In force, for what is sent from now on.').waitFor();
  });

  test('after signing in again', async () => {
    await words().fill('lottery');

    await page.reload();

    await words().waitFor();
    expect(await words().inputValue()).toBe('lottery');
    expect(await page.getByText('Not tried yet, and not saved.').count()).toBe(1);
  });
});

test('a blocked address is never shown, and can be taken out', async () => {
  await page.getByLabel('Addresses', { exact: true }).fill('noisy@example.org');
  await named('Try on the last 90 days').click();
  await named('Put these rules in force').click();
  await page.getByText('In force, for what is sent from now on.').waitFor();
  await page.reload();

  const blocked = page.getByRole('list', { name: 'Addresses that are blocked' });
  await blocked.waitFor();
  expect(await page.locator('main').innerText()).not.toContain('noisy');
  await expectAccessible(page);
  await named('Take out address 1').click();
  await named('Try on the last 90 days').click();
  await named('Put these rules in force').click();
  await page.getByText('In force, for what is sent from now on.').waitFor();
  expect((await readRules(stack.table))?.rules.block.addresses).toEqual([]);
});
