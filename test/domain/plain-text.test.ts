import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { RuleError } from '../../functions/domain/errors.ts';
import { asParagraphs, plainText } from '../../functions/domain/plain-text.ts';
import { type SafeHtml, sanitizeComment } from '../../functions/domain/sanitize.ts';

const BLOCKS = ['p', 'blockquote'];

/** What an HTML parser reads. */
function textOf(nodes: readonly DefaultTreeAdapterTypes.ChildNode[]): string {
  return nodes
    .map((node) => {
      if ('value' in node) return node.value;
      if (!('childNodes' in node)) return '';
      const text = textOf(node.childNodes);
      return node.nodeName === 'br' ? '\n' : BLOCKS.includes(node.nodeName) ? `${text}\n\n` : text;
    })
    .join('');
}
const parsed = (html: string) =>
  textOf(parseFragment(html).childNodes)
    .replace(/\n{3,}/g, '\n\n')
    .trim();

const PIECES = [
  ...['<b>', '</b>', '<i>', '<code>', '</code>', '<blockquote>', '</blockquote>', '<p>', '<br>', '\n', '\n\n', ' '],
  ...['<a href="https://x.example/?a=1&b=<2>" title=\'"quoted" > "more"\'>', '</a>', '<q cite="https://x.example/">'],
  ...[
    '&',
    '<',
    '>',
    '"',
    '&amp;lt;',
    '&nbsp;',
    '\u00a0',
    '&quot;',
    '&copy;',
    '<abbr title="a\nb">',
    '< b',
    '<script>x',
  ],
];
const texts = fc
  .array(
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'grapheme', maxLength: 8 })),
    {
      maxLength: 30,
    },
  )
  .map((pieces) => pieces.join(''));

function sanitized(source: string): SafeHtml | undefined {
  try {
    return sanitizeComment(source).html;
  } catch (error) {
    if (error instanceof RuleError) return undefined;
    throw error;
  }
}

test('what a comment says is what an HTML parser reads in it', () => {
  fc.assert(
    fc.property(texts, (source) => {
      const html = sanitized(source);
      if (html !== undefined) expect(plainText(html)).toBe(parsed(html));
    }),
    { numRuns: 2_000 },
  );
});

test('paragraphs and lines are told apart, and a line of code stays as it is', () => {
  const { html } = sanitizeComment('One\ntwo.\n\n<blockquote>Said <b>he</b></blockquote>\n<code>a &lt; b</code>');

  expect(plainText(html)).toBe('One\ntwo.\n\nSaid he\n\na < b');
});

test('a text as paragraphs says all of it, and holds no other markup, whatever it is', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const html = asParagraphs(text);
      expect(html.replace(/<\/?p>|<br>/g, '')).not.toMatch(/[<>]/);
      expect(html.replace(/<\/?p>|<br>/g, '')).toBe(asParagraphs(text.replaceAll('\n', '')).slice(3, -4));
    }),
    { numRuns: 1_000 },
  );
  expect(asParagraphs('One\ntwo <b>&amp;\n\n\nthree')).toBe('<p>One<br>two &lt;b&gt;&amp;amp;</p><p>three</p>');
  expect(asParagraphs('')).toBe('');
});
