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
  await using bare = await barePage(await (await fetch(blog.url)).text());
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(await untilSeen(browser, bare.url));
    ours.push(await untilSeen(browser, blog.url));
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
async function barePage(html: string) {
  const words = html
    .replace(/<(script|style|svg|form|head|nav|template)\b.*?<\/\1>/gs, '')
    .replace(/<(?:link|meta)\b[^>]*>/g, '')
    .replace(/ (?:class|style|data-[\w-]+|aria-[\w-]+)="[^"]*"/g, '');
  const body = brotliCompressSync(words, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'br' }).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
