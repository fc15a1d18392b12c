import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderMarkdown } from '../../functions/domain/markdown.ts';
import { elementsOf, textOf } from '../support/markup.ts';

function tagsOf(html: string): readonly string[] {
  return elementsOf(html).map(({ tag }) => tag);
}

test.each([
  ['# a\n\n## b', ['h2', 'h2']],
  ['a\n\nb', ['p', 'p']],
  ['- a\n- b', ['ul', 'li', 'li']],
  ['1. a', ['ol', 'li']],
  ['> a', ['blockquote', 'p']],
  ['**a** *b* ~~c~~ `d`', ['p', 'strong', 'em', 's', 'code']],
  ['---', ['hr']],
  ['![a](/b.png "c")', ['p', 'img']],
  ['```js\na\n```', ['pre', 'code']],
  ['|a|\n|-|\n|b|', ['table', 'thead', 'tr', 'th', 'tbody', 'tr', 'td']],
])('%j is written as %j', (source, tags) => {
  expect(tagsOf(renderMarkdown(source))).toEqual(tags);
});

test('a fence names its language', () => {
  const code = elementsOf(renderMarkdown('```ts\na\n```')).find(({ tag }) => tag === 'code');

  expect(code?.attributes).toEqual({ class: 'language-ts' });
});

test('a column keeps its alignment without a style', () => {
  const html = renderMarkdown('|a|b|c|\n|:-|:-:|-:|\n|d|e|f|');

  const cells = elementsOf(html).filter(({ tag }) => tag === 'th' || tag === 'td');
  expect(cells.map(({ attributes }) => attributes)).toEqual(
    ['left', 'center', 'right', 'left', 'center', 'right'].map((align) => ({ align })),
  );
});

test('an address becomes a link without a rel, and a file name does not', () => {
  const links = elementsOf(renderMarkdown('https://a.example/b and readme.md')).filter(({ tag }) => tag === 'a');

  expect(links.map(({ attributes }) => attributes)).toEqual([{ href: 'https://a.example/b' }]);
});

test('HTML within Markdown is text', () => {
  const html = renderMarkdown('<b>a</b>\n\n<script>b</script>');

  expect(tagsOf(html)).toEqual(['p', 'p']);
  expect(textOf(html)).toContain('<script>b</script>');
});

test('straight quotes are curled in prose and not in code', () => {
  expect(textOf(renderMarkdown('"a" `"b"`'))).toContain('“a” "b"');
});

test.each([
  '[a](javascript:alert(1))',
  '[a](data:text/html,b)',
  '![a](javascript:b)',
  '![a](//b.example/c.png)',
  '[a](vbscript:b)',
])('%s leads nowhere', (source) => {
  const addresses = elementsOf(renderMarkdown(source)).flatMap(({ attributes }) => [attributes.href, attributes.src]);

  expect(addresses.filter((address) => address !== undefined)).toEqual([]);
});

test('no Markdown writes what runs', () => {
  const piece = fc.constantFrom(
    ...[
      '# ',
      '- ',
      '> ',
      '```',
      '`',
      '|',
      '\n',
      '\n\n',
      '[a](',
      ')',
      '![',
      '](',
      '<',
      '>',
      '<script>',
      'javascript:',
      '&#106;avascript:',
    ],
    ...[
      '**',
      '_',
      'x',
      ' ',
      '"',
      'https://a.example/',
      '<a href="javascript:x">',
      '<img src=x onerror=y>',
      '|-|',
      '\\',
      '&lt;',
      '~~',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      for (const { tag, attributes } of elementsOf(renderMarkdown(pieces.join('')))) {
        expect(['script', 'style', 'iframe', 'svg', 'h1']).not.toContain(tag);
        for (const [name, value] of Object.entries(attributes)) {
          expect(name).not.toMatch(/^on|^style$/);
          if (name === 'href' || name === 'src') expect(value).not.toMatch(/^\s*(?:javascript|data|vbscript):/i);
        }
      }
    }),
    { numRuns: 1000 },
  );
});
