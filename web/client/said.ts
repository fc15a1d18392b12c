import { element } from './element.ts';
import type { Posted } from './send.ts';
import { fill } from './trusted.ts';

/** Set by the build. */
declare const STYLESHEET: string;

/** An article without comments came without their style. */
export function dressComments(): void {
  if (document.querySelector('.talk, link[rel=stylesheet]')) return;
  document.head.append(element('link', { rel: 'stylesheet', href: STYLESHEET }));
}

/** A comment just written, in the markup of pages/Comment.tsx. */
export function said(tag: 'li' | 'div', posted: Posted, name: string): HTMLElement {
  dressComments();
  const now = new Date();
  const day = element(
    'time',
    { datetime: now.toISOString() },
    now.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
  );
  const content = element('div', { class: 'e-content', dir: 'auto' });
  fill(content, posted.html);
  return element(
    tag,
    { class: 'u-comment h-cite' },
    element(
      'header',
      {},
      element('i', { class: 'face', 'aria-hidden': 'true' }, [...name.toUpperCase()][0] ?? ''),
      element('b', { class: 'p-author h-card' }, name),
      posted.url ? element('a', { class: 'u-url', href: posted.url }, day) : day,
    ),
    content,
  );
}
