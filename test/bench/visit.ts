import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Browser, BrowserContextOptions } from 'playwright-core';

export interface Visit {
  /** Of the document on the wire, with its headers. */
  bytes: number;
  encoding: string;
  /** How many comments it shows. */
  comments: number;
  /** Every request the server saw while the page was read, the favicon's among them, in their order. */
  paths: string[];
}

const ARRIVALS = channel('http.server.request.start');

/** Reads a page in a browser that was never there before. Throws an Error for anything but a 200. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const paths: string[] = [];
  const { host } = new URL(url);
  const note = (arrival: unknown) => {
    const { request } = arrival as { request: IncomingMessage };
    if (request.headers.host === host) paths.push(request.url ?? '');
  };
  ARRIVALS.subscribe(note);
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    await network.send('Network.setCacheDisabled', { cacheDisabled: true });
    const sizes = new Map<string, number>();
    let document: { id: string; status: number; encoding: string } | undefined;
    network.on('Network.responseReceived', ({ requestId, type, response }) => {
      if (type !== 'Document') return;
      const encoding = response.headers['content-encoding'] ?? response.headers['Content-Encoding'] ?? 'none';
      document = { id: requestId, status: response.status, encoding };
    });
    network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      sizes.set(requestId, encodedDataLength),
    );
    await page.goto(url, { waitUntil: 'networkidle' });

    const bytes = document && sizes.get(document.id);
    if (!document || bytes === undefined || document.status !== 200)
      throw new Error(`${url} gave ${document?.status ?? 'nothing'}`);
    const { encoding } = document;
    const comments = await page.locator('li[id^=comment-]').count();
    return { bytes, encoding, comments, paths };
  } finally {
    await context.close();
    ARRIVALS.unsubscribe(note);
  }
}
