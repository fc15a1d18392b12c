import { parseFragment, serialize } from 'parse5';
import sanitizeHtml from 'sanitize-html';
import { ALLOWED_TAGS } from './allowed-tags.ts';
import { COMMENT_LIMITS, type CommentLimits } from './comment-limits.ts';
import { RuleError } from './errors.ts';
import { ARTICLE } from './markup-article.ts';
import { type Attributes, cleanAttributes } from './markup-attributes.ts';
import { escapeText, layOut } from './markup-layout.ts';
import { OUTSIDE, type Run, readRuns } from './markup-runs.ts';
import { readyMarkup } from './markup-source.ts';
import { compose, isVisible, type Note, newlines, strip } from './text.ts';

declare const safe: unique symbol;

/** HTML that went through the allow-list. Made in this module and, of text without markup, in plain-text.ts; nowhere else. */
export type SafeHtml = string & { readonly [safe]: true };

/**
 * A comment as it is displayed, and what was taken from it: `script`, `a[onclick]`, `a[href]` (a refused address), `comment`,
 * `control characters`. Paragraphs, line breaks and bare links are made here. The html is a fixed point: of this function,
 * and of parsing as HTML5 and serialising.
 * Throws RuleError 'comment.invalid', 'comment.too-long', 'comment.too-deep', 'comment.too-long-html', 'comment.empty'.
 * A comment beyond a limit is refused whole, never cut (WordPress CVE-2015-3440).
 */
export function sanitizeComment(source: string, limits = COMMENT_LIMITS): { html: SafeHtml; removed: string[] } {
  if (typeof source !== 'string') throw new RuleError('comment.invalid', { got: typeof source });
  if (!isOurs(source, limits)) refuseBeyond('comment.too-long', source, limits.source);

  const removed = new Set<string>();
  const note: Note = (taken) => removed.add(taken);
  const text = strip(newlines(source), note);
  const runs = isPlain(text)
    ? [plainRun(text, note)]
    : readRuns(onlyAllowed(readyMarkup(text, note), limits, note), note);
  if (!runs.some((run) => isVisible(run.text))) throw new RuleError('comment.empty');

  const html = layOut(runs, limits);
  refuseBeyond('comment.too-long-html', html, limits.html);
  return { html: html as SafeHtml, removed: listed(removed) };
}

/** What this function made may be longer than what a person may type, and is still a fixed point. */
function isOurs(source: string, limits: CommentLimits): boolean {
  if (source.length <= limits.source || source.length > limits.html || !/^<(p>|blockquote)/.test(source)) return false;
  try {
    return sanitizeComment(source, { ...limits, source: limits.html }).html === source;
  } catch (error) {
    if (error instanceof RuleError) return false;
    throw error;
  }
}

/** An author's article through a wider allow-list: the same HTML for the same input, and nothing that runs or styles. */
export function sanitizeArticle(html: string): SafeHtml {
  let article = html;
  for (let pass = 0; pass < ARTICLE_PASSES; pass += 1) {
    const settled = serialize(
      parseFragment(sanitizeHtml(strip(newlines(article)), ARTICLE).replace(/<pre>\n+/g, '<pre>')),
    );
    if (settled === article) return settled as SafeHtml;
    article = settled;
  }
  return escapeText(html) as SafeHtml;
}

/** Markup that an HTML parser will not settle on (a table within a link within a link) is shown as it was typed. */
const ARTICLE_PASSES = 6;

/** Longer lists say nothing more, and a stranger chooses these names. */
const REMOVED = { entries: 30, characters: 40 };

function refuseBeyond(code: 'comment.too-long' | 'comment.too-long-html', text: string, limit: number): void {
  if (text.length * 3 <= limit) return;
  const got = Buffer.byteLength(text);
  if (got > limit) throw new RuleError(code, { limit, got });
}

/** No tag and no character reference: what most people write, and what the two parsers would hand back as it is. */
function isPlain(text: string): boolean {
  return !text.includes('<') && !/&[a-z0-9#]/i.test(text);
}

function plainRun(text: string, note: Note): Run {
  return { text: compose(text, note), place: OUTSIDE };
}

/** The allow-list, applied by sanitize-html; what it leaves nests properly, but for links within links. */
function onlyAllowed(markup: string, limits: CommentLimits, note: Note): string {
  let depth = 0;
  return sanitizeHtml(markup, {
    ...COMMENT,
    nestingLimit: limits.depth,
    onOpenTag: () => {
      depth += 1;
      // Beyond its limit sanitize-html leaves tags out without a word.
      if (depth > limits.depth) throw new RuleError('comment.too-deep', { limit: limits.depth, got: depth });
    },
    onCloseTag: () => {
      depth -= 1;
    },
    transformTags: {
      '*': (tag: string, attribs: Attributes) => {
        if (isAllowed(tag)) return { tagName: tag, attribs: cleanAttributes(tag, attribs, note) };
        note(tag);
        return { tagName: tag, attribs: {} };
      },
    },
  });
}

const COMMENT: sanitizeHtml.IOptions = {
  allowedTags: Object.keys(ALLOWED_TAGS),
  allowedAttributes: Object.fromEntries(
    Object.entries(ALLOWED_TAGS).map(([tag, names]) => [tag, tag === 'a' ? [...names, 'rel'] : [...names]]),
  ),
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { q: ['http', 'https'], blockquote: ['http', 'https'] },
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
};

function isAllowed(tag: string): tag is keyof typeof ALLOWED_TAGS {
  return Object.hasOwn(ALLOWED_TAGS, tag);
}

function listed(removed: ReadonlySet<string>): string[] {
  const { entries, characters } = REMOVED;
  return [...removed]
    .slice(0, entries)
    .map((name) => (name.length > characters ? `${name.slice(0, characters)}…` : name));
}
