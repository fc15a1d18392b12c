import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RuleError } from '../../functions/domain/errors.ts';
import { sanitizeComment } from '../../functions/domain/sanitize.ts';
import { closeBrowser, launchBrowser } from '../support/browser.ts';
import { HOSTILE, hostileMarkup } from '../support/hostile-markup.ts';
import { violations } from '../support/markup.ts';

const SEED = 20_260_101;
const GENERATED = 600;

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => closeBrowser(browser));

test('hostile comments run nothing, ask for nothing and are read as they were written', async () => {
  const comments = accepted([...HOSTILE, ...fc.sample(hostileMarkup, { seed: SEED, numRuns: GENERATED })]);
  const { page, alarms } = await trap();

  const read = await showAll(page, comments);

  expect(comments.length).toBeGreaterThan(GENERATED / 2);
  expect(alarms).toEqual([]);
  for (const [at, html] of comments.entries()) {
    expect(read[at]).toEqual({ element: html, document: html });
    expect(violations(html)).toEqual([]);
  }
  await page.close();
});

test('the same comments without the sanitizer spring the trap', async () => {
  const { page, alarms } = await trap();

  await showAll(page, ['<img src="/x" onerror="alert(1)">', '<svg onload="confirm(1)"></svg>']);

  await expect.poll(() => alarms).toEqual(expect.arrayContaining(['GET https://stoa.example/x', 'alert', 'confirm']));
  await page.close();
});

/** A page that tells of each request and each script that called for attention, and lets none out. */
async function trap(): Promise<{ page: Page; alarms: string[] }> {
  const alarms: string[] = [];
  const page = await browser.newPage();
  const home = 'https://stoa.example/';
  await page.route('**/*', (route) => {
    if (route.request().url() === home)
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Trap</title>' });
    alarms.push(`${route.request().method()} ${route.request().url()}`);
    return route.abort();
  });
  page.on('dialog', (dialog) => dialog.dismiss());
  await page.exposeFunction('alarm', (name: string) => alarms.push(name));
  await page.addInitScript(
    `for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => window.top.alarm(name);`,
  );
  await page.goto(home);
  return { page, alarms };
}

/** Each comment as an element's content and as a document of its own; what the browser makes of them. */
function showAll(page: Page, comments: readonly string[]): Promise<readonly { element: string; document: string }[]> {
  return page.evaluate(async (all) => {
    const read = [];
    const frame = document.createElement('iframe');
    document.body.append(frame);
    for (const html of all) {
      const element = document.createElement('div');
      document.body.append(element);
      element.innerHTML = html;
      for (const link of element.querySelectorAll<HTMLElement>('*')) link.focus();
      await new Promise((loaded) => {
        frame.onload = loaded;
        frame.srcdoc = `<!doctype html><meta charset="utf-8"><body>${html}`;
      });
      read.push({ element: element.innerHTML, document: frame.contentDocument?.body.innerHTML ?? '' });
    }
    return read;
  }, comments);
}

function accepted(sources: readonly string[]): readonly string[] {
  return sources.flatMap((source) => {
    try {
      return [sanitizeComment(source).html];
    } catch (error) {
      if (error instanceof RuleError) return [];
      throw error;
    }
  });
}
