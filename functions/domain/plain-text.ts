import type { SafeHtml } from './sanitize.ts';

/** What a comment says, without its markup: for mails and excerpts. Reads what the sanitizer writes, which needs no parser. */
export function plainText(html: SafeHtml): string {
  return html
    .replace(TAG, (_, tag: string) => (tag === 'br' ? '\n' : ENDS.has(tag) ? '\n\n' : ''))
    .replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: keyof typeof CHARACTERS) => CHARACTERS[name])
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const TAG = /<(\/?[a-z]+)(?: [a-z]+="[^"]*")*>/g;
const ENDS = new Set(['/p', '/blockquote']);
const CHARACTERS = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

/** A text as paragraphs and lines; every character of it is shown. */
export function asParagraphs(text: string): SafeHtml {
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph !== '');
  return paragraphs.map((lines) => `<p>${escaped(lines).replaceAll('\n', '<br>')}</p>`).join('') as SafeHtml;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
