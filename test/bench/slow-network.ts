import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Browser } from 'playwright-core';
import type { Blog } from './blog.ts';
import { type Figure, median } from './figure.ts';

const ROUNDS = 7;
const NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 };

/** Budget 5: when comments are seen on 1.6 Mbit/s with 150 ms, beside a bare page with the same words; the pages take turns. */
export async function measureSlowNetwork(blog: Blog, browser: Browser): Promise<Figure[]> {
  await blog.published();
  await using edge = await edgeOf(blog);
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(await untilSeen(browser, edge.bare));
    ours.push(await untilSeen(browser, edge.page));
  }
  const [seen, base] = [median(ours), median(theirs)];
  const figure = (what: string, value: number, unit: Figure['unit'], limit: number | null, anchor = ''): Figure => ({
    budget: 5,
    what,
    value,
    unit,
    limit,
    anchor,
  });
  return [
    figure('bare static page with the same words', Math.round(base), 'ms', null, 'static 403'),
    figure(
      'comments seen on 1.6 Mbit/s and 150 ms',
      Math.round(seen),
      'ms',
      null,
      'Waline 1,324; WordPress 1,829; Isso 1,909',
    ),
    figure('… over the bare page', Math.round((seen / base) * 100) / 100, 'times', 1.1),
  ];
}

/** Milliseconds from the start of the navigation until the first comment has been painted. */
async function untilSeen(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    await network.send('Network.setCacheDisabled', { cacheDisabled: true });
    await network.send('Network.emulateNetworkConditions', NETWORK);
    await page.addInitScript(WATCH);
    await page.goto(url, { waitUntil: 'load' });
    return await page.evaluate<number>('globalThis.seen');
  } finally {
    await context.close();
  }
}

/** Runs in the page: a comment that has a height is painted with the frame after the one that finds it. */
const WATCH = `globalThis.seen = new Promise((done) => {
  const look = () => {
    const comment = document.querySelector('[id^=comment-]');
    if (comment && comment.getBoundingClientRect().height > 0) requestAnimationFrame(() => done(performance.now()));
    else requestAnimationFrame(look);
  };
  look();
});`;

/** What a hand-written file would be: the words, marked up, with neither style, script, form nor icon. */
const bareOf = (html: string): string =>
  html
    .replace(/<(script|style|svg|form|head|nav|template)\b.*?<\/\1>/gs, '')
    .replace(/<(?:link|meta)\b[^>]*>/g, '')
    .replace(/ (?:class|style|data-[\w-]+|aria-[\w-]+)="[^"]*"/g, '');

interface Kept {
  headers: Record<string, string>;
  body: Buffer;
}

/** Everything of the blog, compressed once and kept, as an edge location has it; and the bare page beside it. */
async function edgeOf(blog: Blog) {
  const origin = new URL(blog.url).origin;
  const kept = new Map<string, Kept>();
  const compressed = (text: string | Buffer) =>
    brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  const keep = async (path: string): Promise<Kept> => {
    const answer = await fetch(`${origin}${path}`);
    const {
      connection: _,
      'transfer-encoding': __,
      'content-length': ___,
      ...headers
    } = Object.fromEntries(answer.headers);
    const body = compressed(Buffer.from(await answer.arrayBuffer()));
    return { headers: { ...headers, 'content-encoding': 'br' }, body };
  };
  const { pathname } = new URL(blog.url);
  kept.set(pathname, await keep(pathname));
  const html = await (await fetch(blog.url)).text();
  kept.set(BARE, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'br' },
    body: compressed(bareOf(html)),
  });
  const server = createServer(async ({ url = '/' }, response) => {
    const page = kept.get(url) ?? (await keep(url));
    kept.set(url, page);
    response.writeHead(200, { ...page.headers, 'content-length': page.body.length }).end(page.body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    page: `${here}${pathname}`,
    bare: `${here}${BARE}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const BARE = '/bare/';
