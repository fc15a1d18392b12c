import MarkdownIt from 'markdown-it';
import { pictureHtml } from './picture.ts';
import { type SafeHtml, sanitizeArticle } from './sanitize.ts';

/** An article's body as HTML. HTML within the Markdown is text, addresses become links, and a level-one heading an h2. */
export function renderMarkdown(source: string): SafeHtml {
  return sanitizeArticle(markdown.render(source, { pictures: 0 }));
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

const image = markdown.renderer.rules.image;
markdown.renderer.rules.image = (tokens, i, options, env, self) => {
  const token = tokens[i];
  const counted = env as { pictures: number };
  const alt = markdown.utils.escapeHtml(self.renderInlineAsText(token?.children ?? [], options, env));
  const picture = pictureHtml(String(token?.attrGet('src') ?? ''), { alt, eager: counted.pictures === 0 });
  if (picture === null) return image?.(tokens, i, options, env, self) ?? '';
  counted.pictures += 1;
  return picture;
};
