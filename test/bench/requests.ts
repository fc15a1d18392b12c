import type { Browser } from 'playwright-core';
import type { Blog } from './blog.ts';
import type { Figure } from './figure.ts';
import { visit } from './visit.ts';

const ANCHOR = 'WordPress 8; Ghost 13; Waline 14-104';

/** Budget 2: requests that reach the server while an article with its conversation is read, the favicon's apart. */
export async function measureRequests(blog: Blog, browser: Browser): Promise<Figure[]> {
  await blog.published();
  const bare = await visit(browser, blog.url, { javaScriptEnabled: false });
  const lively = await visit(browser, blog.url);
  const count = ({ paths }: typeof bare) => paths.filter((path) => !isIcon(path)).length;
  const figure = (what: string, value: number, limit: number): Figure => ({
    budget: 2,
    what,
    value,
    unit: 'requests',
    limit,
    anchor: ANCHOR,
  });
  return [
    figure('to read, scripts off', count(bare), 1),
    figure('with the deferred module, scripts on', count(lively), 2),
    figure('JavaScript needed to read', bare.paths.filter((path) => path.endsWith('.js')).length, 0),
  ];
}

const isIcon = (path: string) => /^\/assets\/icon\.|^\/favicon\.ico$/.test(path);
