import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderPost } from '../../web/pages/render.ts';
import { closeBrowser, launchBrowser } from '../support/browser.ts';
import { type Answerer, openGallery } from '../support/gallery.ts';
import { samplePages } from '../support/pages.ts';
import { comment, html, postView, thread, threads } from '../support/views.ts';

const POST = '/a-bench-outside/';
const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const pages = samplePages();

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => closeBrowser(browser));

/** A page of the gallery in a context of its own; `reports` are what its policy blocked and its script threw. */
async function visit(options: BrowserContextOptions = {}, answer?: Answerer, served = pages) {
  const gallery = await openGallery(served, answer);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const reports: string[] = [];
  page.on(
    'console',
    (message) => /Content Security Policy|Trusted/.test(message.text()) && reports.push(message.text()),
  );
  page.on('pageerror', (error) => reports.push(error.message));
  const open = (path: string) => page.goto(gallery.origin + path);
  return {
    page,
    open,
    reports,
    [Symbol.asyncDispose]: async () => {
      await context.close();
      await gallery[Symbol.asyncDispose]();
    },
  };
}

describe.each([
  ['light', 390],
  ['dark', 390],
  ['light', 1280],
  ['dark', 1280],
] as const)('in %s at %d px', (colorScheme, width) => {
  test.each(['with', 'without'])(
    'every page %s its script is free of WCAG 2.2 AA faults and policy violations',
    async (script) => {
      await using visitor = await visit({ colorScheme, viewport: { width, height: 900 } });
      // Not by switching scripts off: axe is one.
      if (script === 'without') await visitor.page.route('**/assets/*.js', (route) => route.fulfill({ body: '' }));
      const found: string[] = [];
      for (const path of pages.keys()) {
        await visitor.open(path);
        found.push(...(await faults(visitor.page)));
      }
      expect(found).toEqual([]);
      expect(visitor.reports).toEqual([]);
    },
  );
});

async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(LEVELS).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('everything is there to read and to fill in with scripts switched off', async () => {
  await using visitor = await visit({ javaScriptEnabled: false });

  await visitor.open(POST);

  expect(
    await visitor.page.getByRole('listitem').filter({ hasText: 'Only if the paint stays wet.' }).count(),
  ).toBeGreaterThan(0);
  expect(await visitor.page.getByRole('button', { name: 'Post comment' }).isVisible()).toBe(true);
});

test('no page scrolls sideways at 320 px', async () => {
  await using visitor = await visit({ viewport: { width: 320, height: 640 } });

  for (const path of pages.keys()) {
    await visitor.open(path);
    expect([path, await visitor.page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 320]);
  }
});

test('the first stop of the keyboard leads past the header', async () => {
  await using visitor = await visit();
  await visitor.open(POST);

  await visitor.page.keyboard.press('Tab');

  expect(await visitor.page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the text');
  expect(await visitor.page.locator('.skip').boundingBox()).toMatchObject({
    y: expect.toSatisfy((y: number) => y >= 0),
  });
});

const field = (page: Page, name: string) => page.locator(`[name=${name}]`);

async function write(page: Page, words: { body: string; name?: string; email?: string }): Promise<void> {
  const { body, name = 'Inès', email = 'ines@post.example' } = words;
  await field(page, 'body').fill(body);
  await field(page, 'name').fill(name);
  await field(page, 'email').fill(email);
}

const drafts = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.endsWith('/comments')));

const post = (page: Page) => page.getByRole('button', { name: 'Post comment' }).click();

const approved = {
  id: 'c1',
  status: 'approved',
  html: '<p>A <em>window sill</em>.</p>',
  removed: [],
  reason: null,
  ref: '42-11',
  url: '/a-bench-outside/comments/42/#comment-42-11',
};

describe('the script of a page', () => {
  test('keeps a draft over a reload, and forgets it when told', async () => {
    await using visitor = await visit();
    const { page } = visitor;
    await visitor.open(POST);
    await write(page, { body: 'Half a thou' });
    await expect.poll(() => drafts(page)).toHaveLength(1);

    await page.reload();

    await expect.poll(() => field(page, 'body').inputValue()).toBe('Half a thou');
    expect(await field(page, 'name').inputValue()).toBe('Inès');
    await page.getByRole('button', { name: 'Start afresh' }).click();
    expect(await field(page, 'body').inputValue()).toBe('');
    expect(await drafts(page)).toEqual([]);
  });

  test('moves the form below the comment it answers, and back', async () => {
    await using visitor = await visit();
    const { page } = visitor;
    await visitor.open(POST);

    await page.locator('#comment-42-3 > .re:not(.rp)').click();

    expect(await page.locator('#comment-42-3 > #reply h2').textContent()).toBe('Reply to Teodor Lind');
    expect(await field(page, 'parent').inputValue()).toBe('42-3');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('body');
    expect(await page.locator('[type=submit] + button').textContent()).toBe('Cancel');
    expect(await page.getByRole('group', { name: 'Formatting' }).getByRole('button').allTextContents()).not.toContain(
      'Cancel',
    );
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.locator('#talk > #reply h2').textContent()).toBe('Leave a reply');
    expect(await field(page, 'parent').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.parentElement?.id)).toBe('comment-42-3');
  });

  test('restores a draft of a reply to where it was being written', async () => {
    await using visitor = await visit();
    const { page } = visitor;
    await visitor.open(POST);
    await page.locator('#comment-42-3 > .re:not(.rp)').click();
    await field(page, 'body').fill('And the umbr');
    await expect.poll(() => drafts(page)).toHaveLength(1);

    await page.reload();

    await expect.poll(() => page.locator('#comment-42-3 > #reply [name=body]').inputValue()).toBe('And the umbr');
  });

  test('puts a published comment first in the conversation, and its draft away', async () => {
    const asked: unknown[] = [];
    await using visitor = await visit({}, (request) => {
      asked.push(request);
      return { status: 201, json: approved };
    });
    const { page } = visitor;
    await visitor.open(POST);
    await write(page, { body: 'A <em>window sill</em>.' });

    await post(page);

    const said = page.locator('.talk > li:first-child');
    await said.locator('.note').waitFor();
    expect(await said.getAttribute('id')).toBe('comment-42-11');
    expect(await said.locator('.e-content').innerHTML()).toBe(approved.html);
    expect(asked).toEqual([
      {
        path: '/api/posts/a-bench-outside/comments',
        body: {
          body: 'A <em>window sill</em>.',
          name: 'Inès',
          email: 'ines@post.example',
          url: '',
          topic: '',
          proof: '',
        },
      },
    ]);
    expect(await field(page, 'body').inputValue()).toBe('');
    expect(await drafts(page)).toEqual([]);
    expect(visitor.reports).toEqual([]);
  });

  test('puts a published reply below the comment it answers', async () => {
    await using visitor = await visit({}, () => ({ status: 201, json: approved }));
    const { page } = visitor;
    await visitor.open(POST);
    await page.locator('#comment-42-10 > .re:not(.rp)').click();
    await page.locator('#comment-42-10 form').waitFor();
    await write(page, { body: 'Yes.' });

    await post(page);

    await page.locator('#comment-42-10 > ol > #comment-42-11').waitFor();
    expect(await page.locator('#talk > #reply').count()).toBe(1);
  });

  test('says why a comment is held, what was taken away, and how it will look', async () => {
    const held = { ...approved, status: 'pending', reason: 'first-time', removed: ['img'], ref: null, url: null };
    await using visitor = await visit({}, () => ({ status: 201, json: held }));
    const { page } = visitor;
    await visitor.open(POST);
    await write(page, { body: 'Words.' });

    await post(page);

    const note = page.locator('#talk > .note');
    await note.waitFor();
    expect(await note.textContent()).toContain('a person reads every first comment');
    expect(await note.locator('.preview .e-content').innerHTML()).toBe(held.html);
    expect(await note.locator('code').textContent()).toBe('img');
    expect(await note.locator('a').last().getAttribute('href')).toBe('/api/comments/c1');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('note');
    const [told, form] = [await note.boundingBox(), await page.locator('form').boundingBox()];
    const inView = await page.evaluate(() => window.innerHeight);
    expect(told?.y).toBeGreaterThanOrEqual(0);
    expect(told?.y).toBeLessThan(inView);
    expect(told?.y).toBeLessThan(form?.y ?? 0);
    expect(await faults(page)).toEqual([]);
  });

  test('puts refusals beside their fields, and goes to the first', async () => {
    const refusal = { title: 'Not yet', detail: 'One thing is missing.', fields: { email: 'That is not an address.' } };
    await using visitor = await visit({}, () => ({ status: 422, json: refusal }));
    const { page } = visitor;
    await visitor.open(POST);
    await write(page, { body: 'Words.' });

    await post(page);

    await page.locator('#e-email').waitFor();
    expect(await page.locator('#e-email').textContent()).toBe('That is not an address.');
    expect(await field(page, 'email').getAttribute('aria-describedby')).toBe('e-email');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('f-email');
    expect(await page.getByRole('status').textContent()).toBe(refusal.detail);
    expect(await field(page, 'body').inputValue()).toBe('Words.');
  });

  test('keeps the words when the network is gone, and says so', async () => {
    await using visitor = await visit({}, () => 'hang up');
    const { page } = visitor;
    await visitor.open(POST);
    await write(page, { body: 'Words.' });

    await post(page);

    await expect.poll(() => page.getByRole('status').textContent()).toContain('Your words are safe here');
    expect(await field(page, 'body').inputValue()).toBe('Words.');
  });

  test('sends again by itself what did not get through, once there is a network', async () => {
    let network = false;
    await using visitor = await visit({}, () => (network ? { status: 201, json: approved } : 'hang up'));
    const { page } = visitor;
    await visitor.open(POST);
    await write(page, { body: 'Words.' });
    await post(page);
    await expect.poll(() => page.getByRole('status').textContent()).toContain('sent again as soon as');

    network = true;
    await page.evaluate(() => dispatchEvent(new Event('online')));

    await page.locator('#comment-42-11').waitFor();
    expect(await drafts(page)).toEqual([]);
  });

  test('shows how a comment will appear, and what will be taken away, before it is sent', async () => {
    const asked: unknown[] = [];
    await using visitor = await visit({}, (request) => {
      asked.push(request);
      return { status: 200, json: { html: approved.html, removed: ['img'] } };
    });
    const { page } = visitor;
    await visitor.open(POST);
    await field(page, 'body').fill('A <em>window sill</em>.<img>');

    await page.getByRole('button', { name: 'Preview' }).press('Enter');

    const shown = page.locator('form + .note');
    await shown.waitFor();
    expect(await shown.locator('.e-content').innerHTML()).toBe(approved.html);
    expect(await shown.locator('code').textContent()).toBe('img');
    expect(asked).toEqual([
      { path: '/api/posts/a-bench-outside/preview', body: { body: 'A <em>window sill</em>.<img>' } },
    ]);
    expect(await faults(page)).toEqual([]);
    await field(page, 'body').press('End');
    await page.keyboard.type('!');
    await shown.waitFor({ state: 'detached' });
    expect(visitor.reports).toEqual([]);
  });

  test('starts a reply with the passage that was selected', async () => {
    await using visitor = await visit();
    const { page } = visitor;
    await visitor.open(POST);
    await page.locator('#comment-42-3 > .e-content p').selectText();

    await page.locator('#comment-42-3 > .re:not(.rp)').click();

    await expect
      .poll(() => field(page, 'body').inputValue())
      .toBe('<blockquote>Only if the paint stays wet.</blockquote>\n');
  });

  test('puts a tag around the words that are selected, by mouse or keyboard, and undo takes it away', async () => {
    await using visitor = await visit();
    const { page } = visitor;
    await visitor.open(POST);
    await field(page, 'body').fill('a bench');
    await field(page, 'body').selectText();

    await page.getByRole('button', { name: 'Bold' }).press('Enter');

    expect(await field(page, 'body').inputValue()).toBe('<strong>a bench</strong>');
    await page.keyboard.press('Control+z');
    expect(await field(page, 'body').inputValue()).toBe('a bench');
    expect(await faults(page)).toEqual([]);
  });

  test('marks what is new since the last visit, and leads from one to the next', async () => {
    await using visitor = await visit();
    const { page } = visitor;
    await page.clock.setFixedTime('2020-06-16T10:00:00Z');
    await visitor.open(POST);
    expect(await page.locator('.h-cite small', { hasText: 'new' }).count()).toBe(0);

    await page.clock.setFixedTime('2020-06-18T10:00:00Z');
    await page.reload();

    const marked = await page.locator('.h-cite > header small', { hasText: 'new' }).count();
    expect(marked).toBeGreaterThan(2);
    expect(await page.locator('#talk > .note').first().textContent()).toContain(`${marked} new since your last visit`);
    expect(await page.getByRole('link', { name: 'Next new' }).count()).toBe(marked - 1);
    expect(await faults(page)).toEqual([]);
  });

  test('folds the replies to a comment, and unfolds them', async () => {
    await using visitor = await visit();
    const { page } = visitor;
    await visitor.open(POST);
    const reply = page.locator('#comment-42-3');

    await page.getByRole('button', { name: 'Fold 5 replies' }).press('Enter');

    expect(await reply.isVisible()).toBe(false);
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show 5 replies' }).press('Enter');
    expect(await reply.isVisible()).toBe(true);
  });

  test('offers what was said meanwhile, and shows it in its place when asked to', async () => {
    const served = new Map(pages);
    await using visitor = await visit({}, undefined, served);
    const { page } = visitor;
    await page.clock.install();
    await visitor.open(POST);
    await page.locator('#comment-42-3 > .re:not(.rp)').click();
    await field(page, 'body').fill('Half a thou');
    const answered = thread(comment('42-10'), thread(comment('42-12', { html: html('<p>Later.</p>') })));
    const later = [thread(comment('42-13')), answered, ...threads.slice(1)];
    served.set(POST, renderPost(postView({ stamp: '8', total: 59, threads: later })));

    await page.clock.runFor(30_000);
    await page.getByRole('button', { name: 'Show 2 new comments' }).click();

    expect(await page.locator('.talk > li:first-child').getAttribute('id')).toBe('comment-42-13');
    expect(await page.locator('#comment-42-10 > ol > #comment-42-12 > header small').textContent()).toBe('new');
    expect(await page.locator('#talk > h2 > small').textContent()).toBe('59 comments');
    expect(await page.locator('#comment-42-3 > #reply [name=body]').inputValue()).toBe('Half a thou');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('comment-42-13');
    expect(visitor.reports).toEqual([]);
  });

  test('takes the first comment into a page that came without their style, and dresses it', async () => {
    const served = new Map([[POST, renderPost(postView({ total: 0, threads: [], earlier: null }))]]);
    await using visitor = await visit({}, undefined, served);
    const { page } = visitor;
    await page.clock.install();
    await visitor.open(POST);
    served.set(POST, renderPost(postView({ stamp: '8', total: 1, threads: [thread(comment('1-1'))], earlier: null })));

    await page.clock.runFor(30_000);
    await page.getByRole('button', { name: 'Show 1 new comment' }).click();

    expect(await page.locator('ol.talk > #comment-1-1').count()).toBe(1);
    const style = () => page.locator('ol.talk').evaluate((list) => getComputedStyle(list).listStyleType);
    await expect.poll(style).toBe('none');
    expect(visitor.reports).toEqual([]);
  });

  test('asks for nothing while the page is hidden', async () => {
    await using visitor = await visit();
    const { page } = visitor;
    await page.clock.install();
    await visitor.open(POST);
    const asked: string[] = [];
    page.on('request', (request) => request.resourceType() === 'fetch' && asked.push(request.url()));
    await page.clock.runFor(11_000);
    await expect.poll(() => asked.length).toBe(1);

    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await page.clock.runFor(3_600_000);

    expect(asked.length).toBe(1);
  });

  test('finds a comment that has moved to another page', async () => {
    const served = new Map([
      ...pages,
      ['/a-bench-outside/', renderPost(postView({ threads: [thread(comment('43-1'))] }))],
    ]);
    await using visitor = await visit({}, undefined, served);

    await visitor.open('/a-bench-outside/#comment-42-3');

    await visitor.page.waitForURL('**/a-bench-outside/comments/42/#comment-42-3');
  });

  test('never runs what a comment says, whatever it says', async () => {
    const evil = '<p>x</p><img src=x onerror="document.title=1"><script>document.title=2</script>';
    const served = new Map([
      [POST, renderPost(postView({ threads: [thread(comment('42-1', { html: html(evil) }))] }))],
    ]);
    await using visitor = await visit({}, () => ({ status: 201, json: { ...approved, html: evil } }), served);
    const { page } = visitor;
    await visitor.open(POST);
    await write(page, { body: 'x' });

    await post(page);

    await page.locator('#comment-42-11').waitFor();
    expect(await page.title()).toBe('A bench outside the town hall · Stoa');
  });
});
