import type { Browser } from 'playwright-core';
import type { Blog } from './blog.ts';
import type { Figure } from './figure.ts';
import { visit } from './visit.ts';

/** One initial window of ten segments of 1,460 bytes: the document needs no second round trip. */
const WINDOW = 14_600;

/** The generator's 160 comments fill the page most: the open segment is one short of standing alone. */
export const BUDGETS = [
  { comments: 0, limit: 5_000, anchor: 'static model page 2.5 KB; WordPress 50; Ghost 89' },
  { comments: 50, limit: WINDOW, anchor: 'static model page 8.5 KB; Waline 109-185; Isso 189' },
  { comments: 160, limit: WINDOW, anchor: '' },
  { comments: 200, limit: WINDOW, anchor: '' },
  { comments: 500, limit: WINDOW, anchor: 'static model page 20 KB' },
] as const;

/** Budget 1: the article's document on the wire, headers and all, while its conversation grows. */
export async function measureDocument(blog: Blog, browser: Browser, quick: boolean): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { comments, limit, anchor } of quick ? BUDGETS.slice(0, 2) : BUDGETS) {
    await blog.conversation.growTo(comments);
    await blog.published();
    const { bytes, encoding, comments: shown } = await visit(browser, blog.url);
    if (encoding !== 'br') throw new Error(`the document came as ${encoding}: a browser is given br`);
    const what = comments === 0 ? 'document without comments' : `document with ${comments} comments, ${shown} shown`;
    figures.push({ budget: 1, what, value: bytes, unit: 'bytes', limit, anchor });
  }
  return figures;
}
