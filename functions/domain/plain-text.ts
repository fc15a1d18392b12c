import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import type { SafeHtml } from './sanitize.ts';

/** What a comment says, without its markup: for mails and excerpts. */
export function plainText(html: SafeHtml): string {
  return textOf(parseFragment(html).childNodes)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function textOf(nodes: readonly DefaultTreeAdapterTypes.ChildNode[]): string {
  return nodes
    .map((node) => {
      if ('value' in node) return node.value;
      if (!('childNodes' in node)) return '';
      const text = textOf(node.childNodes);
      return node.nodeName === 'br' ? '\n' : BLOCKS.has(node.nodeName) ? `${text}\n\n` : text;
    })
    .join('');
}

const BLOCKS = new Set(['p', 'blockquote']);
