import fc from 'fast-check';
import { parseFragment, serialize } from 'parse5';
import { expect, test } from 'vitest';
import { COMMENT_LIMITS } from '../../functions/domain/comment-limits.ts';
import { RuleError } from '../../functions/domain/errors.ts';
import { type SafeHtml, sanitizeArticle, sanitizeComment } from '../../functions/domain/sanitize.ts';
import { HOSTILE, hostileMarkup } from '../support/hostile-markup.ts';
import { elementsOf, textOf, violations } from '../support/markup.ts';

const RUNS = Number(process.env.STOA_RUNS ?? 2000);
const ANY_LENGTH = { ...COMMENT_LIMITS, source: COMMENT_LIMITS.html };

/** Every refusal but these is a fault. */
const REFUSALS: readonly string[] = ['comment.empty', 'comment.too-deep', 'comment.too-long', 'comment.too-long-html'];

function accepted(source: string): { html: SafeHtml; removed: string[] } | undefined {
  try {
    return sanitizeComment(source);
  } catch (error) {
    if (error instanceof RuleError && REFUSALS.includes(error.code)) return undefined;
    throw error;
  }
}

function always(claim: (html: SafeHtml, removed: string[], source: string) => void): void {
  const check = (source: string) => {
    const comment = accepted(source);
    if (comment) claim(comment.html, comment.removed, source);
  };
  for (const source of HOSTILE) check(source);
  fc.assert(fc.property(hostileMarkup, check), { numRuns: RUNS });
}

test('whatever is sent, only the allowed tags and attributes are displayed', () => {
  always((html) => expect(violations(html)).toEqual([]));
});

test('sanitizing what was sanitized changes nothing and takes nothing away', () => {
  always((html) => expect(sanitizeComment(html, ANY_LENGTH)).toEqual({ html, removed: [] }));
});

test('an HTML5 parser reads back what was written', () => {
  always((html) => expect(serialize(parseFragment(html))).toBe(html));
});

test('no control, override or tag character and no pile of marks is left, written or by reference', () => {
  always((html) => {
    const texts = [textOf(html), ...elementsOf(html).flatMap(({ attributes }) => Object.values(attributes))];
    for (const text of texts) {
      expect(text).not.toMatch(
        /(?![\t\n])[\p{Cc}\p{Noncharacter_Code_Point}\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u,
      );
      expect(text).not.toMatch(/\p{M}{5}/u);
      expect(text.isWellFormed()).toBe(true);
    }
    expect(html.normalize('NFC')).toBe(html);
  });
});

test('plain text is displayed whole, and the same as when it takes the way through both parsers', () => {
  const plain = fc.array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom(
        '\n',
        '\n\n',
        ' ',
        '\t',
        '\r\n',
        '> ',
        '& ',
        'http://a.example/(b).',
        '\u0301',
        '\u0000',
        '\u202e',
        '\ud800',
      ),
    ),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(plain, (parts) => {
      const source = parts.join('').replace(/&(?=[a-z0-9#])|</gi, '');

      const short = accepted(source);
      const long = accepted(`${source}<b></b>`);

      expect(short).toEqual(long);
    }),
    { numRuns: RUNS },
  );
});

test('the words of a text without markup all reach the page, in order', () => {
  const text = fc.array(fc.stringMatching(/^[a-z0-9.,;'"()!?-]{1,12}$/), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(text, fc.constantFrom(' ', '\n', '\n\n', '  \n '), (words, between) => {
      const { html, removed } = sanitizeComment(words.join(between));

      expect(textOf(html).split(/\s+/)).toEqual(words);
      expect(removed).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

test('an article is a fixed point too, and holds nothing that runs', () => {
  const check = (source: string) => {
    const html = sanitizeArticle(source);

    expect(sanitizeArticle(html)).toBe(html);
    expect(serialize(parseFragment(html))).toBe(html);
    for (const { tag, attributes } of elementsOf(html)) {
      expect(tag).not.toMatch(/script|style|iframe|object|embed|form|input|svg|math|template|base|link|meta|h1/);
      for (const [name, value] of Object.entries(attributes)) {
        expect(name).not.toMatch(/^on|style|^id$|srcdoc/);
        if (name === 'srcset') expect(value).toMatch(/^\/media\//);
        if (name === 'href' || name === 'src') expect(value).not.toMatch(/^\s*(?:javascript|data|vbscript|\/\/)/i);
      }
    }
  };
  for (const source of HOSTILE) check(source);
  fc.assert(fc.property(hostileMarkup, check), { numRuns: RUNS });
});
