import MarkdownIt from 'markdown-it';
import { type SafeHtml, sanitizeArticle } from './sanitize.ts';

/** An article's body as HTML. HTML within the Markdown is text, addresses become links, and a level-one heading an h2. */
export function renderMarkdown(source: string): SafeHtml {
  return sanitizeArticle(markdown.render(source));
}

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: true });

// Only what has a scheme: in articles about software, `readme.md` and `node.js` are not addresses.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

// Markdown aligns columns by a style attribute, which the page's policy forbids.
markdown.core.ruler.push('alignment', ({ tokens }) => {
  for (const token of tokens) {
    const align = /^text-align:(left|center|right)$/.exec(`${token.attrGet('style')}`)?.[1];
    if (align === undefined) continue;
    token.attrs = [['align', align]];
  }
});
