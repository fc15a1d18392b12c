import { RuleError } from './errors.ts';
import { findLinks, LINK_REL } from './markup-links.ts';
import type { Element, Place, Run } from './markup-runs.ts';
import { LINE, PARAGRAPH } from './markup-source.ts';

export type LayoutLimits = { readonly html: number; readonly depth: number };

/**
 * Lays runs out as HTML: quotes hold paragraphs and quotes, paragraphs hold text and inline elements, and nothing else
 * holds anything; so any HTML5 parser builds the tree that was meant. A newline is a br, two are a new paragraph, and an
 * element that spans either is closed and opened again. Bare links become links. Throws RuleError 'comment.too-deep' and
 * 'comment.too-long-html'.
 */
export function layOut(runs: readonly Run[], limits: LayoutLimits): string {
  const page: Page = { html: '', quotes: [], inlines: [], inParagraph: false, gap: '', limits };
  for (const run of runs) {
    if (run.place.verbatim) write(page, run.place, escapeText(asLines(run.text)));
    else writeLines(page, run);
  }
  closeTo(page, []);
  return page.html;
}

export function escapeText(text: string): string {
  return text.replace(/[&<>\u00a0]/g, (character) => ENTITIES[character] ?? character);
}

type Page = {
  html: string;
  quotes: readonly Element[];
  inlines: readonly Element[];
  inParagraph: boolean;
  /** White space since the last text, which is written only between two texts, and outside what only one of them is in. */
  gap: string;
  readonly limits: LayoutLimits;
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\u00a0': '&nbsp;',
};

/** In code every space counts, and a break is a newline. */
function asLines(text: string): string {
  return text.replace(/\v\n?|\f+/g, '\n');
}

function writeLines(page: Page, { text, place }: Run): void {
  let done = 0;
  for (const breaks of text.matchAll(/[\n\v\f]+/g)) {
    writeLine(page, text.slice(done, breaks.index), place);
    page.gap += breaks[0];
    done = breaks.index + breaks[0].length;
  }
  writeLine(page, text.slice(done), place);
}

function writeLine(page: Page, line: string, place: Place): void {
  let start = 0;
  let end = line.length;
  while (start < end && isSpace(line.charAt(start))) start += 1;
  while (end > start && isSpace(line.charAt(end - 1))) end -= 1;

  page.gap += line.slice(0, start);
  if (start === end) return;
  write(page, place, linked(line.slice(start, end), place, page.limits.depth));
  page.gap = line.slice(end);
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\t';
}

/** A link is an element too: where the nesting is spent, an address stays text. */
function linked(text: string, place: Place, depth: number): string {
  if (place.linked || place.quotes.length + place.inlines.length >= depth) return escapeText(text);
  let html = '';
  for (const piece of findLinks(text)) {
    const shown = escapeText(piece.text);
    html += piece.href === undefined ? shown : `<a href="${escapeValue(piece.href)}" rel="${LINK_REL}">${shown}</a>`;
  }
  return html;
}

function write(page: Page, place: Place, html: string): void {
  moveTo(page, place);
  page.html += html;
  // Elements are repeated in each paragraph they span: 8 KiB could ask for megabytes.
  if (page.html.length > page.limits.html) {
    throw new RuleError('comment.too-long-html', { limit: page.limits.html, got: page.html.length });
  }
}

function moveTo(page: Page, { quotes, inlines }: Place): void {
  const depth = quotes.length + inlines.length;
  if (depth > page.limits.depth) throw new RuleError('comment.too-deep', { limit: page.limits.depth, got: depth });

  const breaks = breaksIn(page.gap);
  const staysInQuote = page.inParagraph && common(page.quotes, quotes) === Math.max(page.quotes.length, quotes.length);
  if (!staysInQuote || breaks.length > 1 || breaks === PARAGRAPH) openParagraph(page, quotes);
  else {
    closeInlines(page, common(page.inlines, inlines));
    page.html += breaks === '' ? page.gap : '<br>';
  }
  for (const element of inlines.slice(page.inlines.length)) page.html += openTag(element);
  page.inlines = inlines;
  page.gap = '';
}

/** Its line breaks, without the spaces between them: a br at the end of a line is the line's own break. */
function breaksIn(gap: string): string {
  return gap === '' || gap === ' ' ? '' : gap.replace(/[ \t]+/g, '').replaceAll(`${LINE}\n`, LINE);
}

function openParagraph(page: Page, quotes: readonly Element[]): void {
  closeTo(page, quotes);
  for (const element of quotes.slice(page.quotes.length)) page.html += openTag(element);
  page.quotes = quotes;
  page.html += '<p>';
  page.inParagraph = true;
}

/** Ends the paragraph, and the quotes that the given ones are not in. */
function closeTo(page: Page, quotes: readonly Element[]): void {
  closeInlines(page, 0);
  if (page.inParagraph) page.html += '</p>';
  page.inParagraph = false;
  const kept = common(page.quotes, quotes);
  for (const element of page.quotes.slice(kept).reverse()) page.html += `</${element.tag}>`;
  page.quotes = page.quotes.slice(0, kept);
}

function closeInlines(page: Page, kept: number): void {
  if (kept === page.inlines.length) return;
  for (const element of page.inlines.slice(kept).reverse()) page.html += `</${element.tag}>`;
  page.inlines = page.inlines.slice(0, kept);
}

function common(some: readonly Element[], others: readonly Element[]): number {
  let count = 0;
  while (count < some.length && some[count] === others[count]) count += 1;
  return count;
}

function openTag({ tag, attributes }: Element): string {
  if (attributes.length === 0) return `<${tag}>`;
  return `<${tag}${attributes.map(({ name, value }) => ` ${name}="${escapeValue(value)}"`).join('')}>`;
}

function escapeValue(value: string): string {
  return value.replace(/[&<>"\u00a0]/g, (character) => ENTITIES[character] ?? character);
}
