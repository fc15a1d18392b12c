import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../test/support/browser.ts';
import { startServer } from './local/server.ts';
import { readSettings } from './settings-file.ts';

interface Shot {
  name: string;
  path: string;
  /** In CSS pixels; the height is where the picture ends. */
  width: number;
  height: number;
  dark?: boolean;
  /** A selector to begin at; the top of the page without one. */
  from?: string;
}

const ARTICLE = '/the-bench-outside/';

const SHOTS: readonly Shot[] = [
  { name: 'home-desktop', path: '/', width: 1120, height: 800 },
  { name: 'article-desktop', path: ARTICLE, width: 1120, height: 900 },
  { name: 'article-desktop-dark', path: ARTICLE, width: 1120, height: 900, dark: true },
  { name: 'article-phone', path: ARTICLE, width: 390, height: 844 },
  { name: 'conversation-phone', path: ARTICLE, width: 390, height: 1100, from: '#talk' },
];

const FOLDER = fileURLToPath(new URL('../docs/images/', import.meta.url));

/** `npm run screenshots`: the pictures of the README, of the sample content, by a server of their own. */
async function main(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'stoa-screenshots-'));
  const server = await startServer({ dataDir, port: 0, settings: readSettings(undefined), sample: true });
  try {
    await using browser = await launchBrowser();
    for (const shot of SHOTS) await take(browser, server.url, shot);
  } finally {
    await server.close();
    await rm(dataDir, { recursive: true });
  }
}

async function take(browser: Browser, origin: string, { name, path, width, height, dark, from }: Shot): Promise<void> {
  const options: BrowserContextOptions = {
    viewport: { width, height },
    deviceScaleFactor: width < 500 ? 1.5 : 1,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  };
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(origin + path, { waitUntil: 'networkidle' });
  const y = from ? await topOf(page, from) : 0;
  const file = join(FOLDER, `${name}.png`);
  await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y, width, height }, scale: 'device' });
  await context.close();
  console.log(file);
}

async function topOf(page: Page, selector: string): Promise<number> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`nothing on ${page.url()} matches ${selector}`);
  return Math.max(0, Math.round(box.y) - 24);
}

await main();
