import { parseFragment, serialize } from 'parse5';
import { describe, expect, test } from 'vitest';
import { ALLOWED_TAGS, tagsHint } from '../../functions/domain/allowed-tags.ts';
import { COMMENT_LIMITS } from '../../functions/domain/comment-limits.ts';
import { type ErrorCode, RuleError } from '../../functions/domain/errors.ts';
import { sanitizeArticle, sanitizeComment } from '../../functions/domain/sanitize.ts';
import { elementsOf, textOf } from '../support/markup.ts';

const REL = 'rel="nofollow ugc noopener"';

type Case = readonly [what: string, source: string, html: string, removed?: readonly string[]];

function compare(cases: readonly Case[]): void {
  for (const [what, source, html, removed = []] of cases) {
    test(what, () => {
      const comment = sanitizeComment(source);

      expect(serialize(parseFragment(comment.html))).toBe(serialize(parseFragment(html)));
      expect(comment.removed).toEqual(removed);
    });
  }
}

function refusalOf(source: unknown): RuleError {
  try {
    // A body that skipped the schema: what a caller without types could send.
    Reflect.apply(sanitizeComment, undefined, [source]);
  } catch (error) {
    if (error instanceof RuleError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('paragraphs and line breaks are made by Stoa', () => {
  compare([
    ['a line is a paragraph', 'one', '<p>one</p>'],
    ['a newline is a br', 'one\ntwo\r\nthree\rfour', '<p>one<br>two<br>three<br>four</p>'],
    ['an empty line is a new paragraph', 'one\n\n\ntwo', '<p>one</p><p>two</p>'],
    ['a line of spaces is empty', 'one\n \t \ntwo', '<p>one</p><p>two</p>'],
    ['spaces around it all are left out', '\n\n  one  \n\n', '<p>one</p>'],
    ['spaces within a line stay', 'one  two', '<p>one  two</p>'],
    ['submitted p and br break the text', '<p>a<p>b<br>c<br/>d</p>e', '<p>a</p><p>b<br>c<br>d</p><p>e</p>'],
    ['a br at the end of a line is one break', 'a<br>\nb', '<p>a<br>b</p>'],
    ['two br are a paragraph', 'a<br><br>b', '<p>a</p><p>b</p>'],
    ['an element that spans paragraphs is in each', '<b>a\n\nb</b>', '<p><b>a</b></p><p><b>b</b></p>'],
    ['breaks stand outside what ends with them', '<b>a\n</b>b <i> c</i>', '<p><b>a</b><br>b  <i>c</i></p>'],
    ['a quote is a block', 'a<blockquote>b</blockquote>c', '<p>a</p><blockquote><p>b</p></blockquote><p>c</p>'],
    ['a quote has paragraphs', '<blockquote>a\n\nb</blockquote>', '<blockquote><p>a</p><p>b</p></blockquote>'],
    [
      'a quote within an element is outside it',
      '<b>a<blockquote>b</blockquote>c</b>',
      '<p><b>a</b></p><blockquote><p><b>b</b></p></blockquote><p><b>c</b></p>',
    ],
    [
      'two quotes are two',
      '<blockquote>a</blockquote>\n<blockquote>b<blockquote>c</blockquote></blockquote>',
      '<blockquote><p>a</p></blockquote><blockquote><p>b</p><blockquote><p>c</p></blockquote></blockquote>',
    ],
    ['code keeps its lines and spaces', '<code>if a:\n  b\n\nc</code>', '<p><code>if a:\n  b\n\nc</code></p>'],
    ['code takes br for a newline', '<code>a<br>b<br>\nc</code>', '<p><code>a\nb\nc</code></p>'],
  ]);
});

describe('what HTML5 makes of odd nesting is settled', () => {
  const to = (host: string, text: string) => `<a href="https://${host}.example/" ${REL}>${text}</a>`;

  compare([
    [
      'a link ends where the next begins',
      '<a href="https://a.example/">a <a href="https://b.example/">b</a> c</a>',
      `<p>${to('a', 'a')} ${to('b', 'b')} c</p>`,
    ],
    ['elements that overlap', '<b>a<i>b</b>c</i>', '<p><b>a<i>b</i></b>c</p>'],
    ['an element without text', 'a<b></b> <q> </q>c', '<p>a  c</p>'],
    ['texts that meet are one', '\u1100<b></b>\u1161', '<p>\uac00</p>'],
    [
      'links within links through quotes',
      `<a href="https://a.example/">${'<blockquote>'.repeat(12)}<a href="https://b.example/">b`,
      `${'<blockquote>'.repeat(12)}<p>${to('b', 'b')}</p>${'</blockquote>'.repeat(12)}`,
    ],
  ]);
});

describe('bare links become links', () => {
  const link = (href: string, text = href) => `<a href="${href}" ${REL}>${text}</a>`;

  compare([
    ['an address', 'see https://a.example/b now', `<p>see ${link('https://a.example/b')} now</p>`],
    [
      'two addresses',
      'http://a.example/ http://b.example/',
      `<p>${link('http://a.example/')} ${link('http://b.example/')}</p>`,
    ],
    ['the sentence keeps its full stop', 'See https://a.example/b.', `<p>See ${link('https://a.example/b')}.</p>`],
    ['and all its punctuation', 'https://a.example/b?!…', `<p>${link('https://a.example/b')}?!…</p>`],
    ['a bracket around it stays outside', '(https://a.example/b)', `<p>(${link('https://a.example/b')})</p>`],
    ['a bracket within it stays inside', 'https://a.example/b_(c)', `<p>${link('https://a.example/b_(c)')}</p>`],
    ['both at once', '(https://a.example/b_(c)).', `<p>(${link('https://a.example/b_(c)')}).</p>`],
    ['quotation marks end it', '“https://a.example/b”', `<p>“${link('https://a.example/b')}”</p>`],
    ['its ampersands are escaped', 'https://a.example/?b&c', `<p>${link('https://a.example/?b&amp;c')}</p>`],
    [
      'a name beyond ASCII is punycode',
      'https://bücher.example/',
      `<p>${link('https://xn--bcher-kva.example/', 'https://bücher.example/')}</p>`,
    ],
    ['a new line ends it', 'https://a.example/\nb', `<p>${link('https://a.example/')}<br>b</p>`],
    ['not within code', '<code>https://a.example/</code>', '<p><code>https://a.example/</code></p>'],
    ['not within a word', 'xhttps://a.example/', '<p>xhttps://a.example/</p>'],
    ['not with a user name', 'https://u:p@a.example/', '<p>https://u:p@a.example/</p>'],
    ['not without a host', 'https:// and http://', '<p>https:// and http://</p>'],
    ['not another scheme', 'ftp://a.example javascript://a.example', '<p>ftp://a.example javascript://a.example</p>'],
    ['not www or mail', 'www.a.example b@a.example', '<p>www.a.example b@a.example</p>'],
    [
      'not within a link',
      '<a href="https://a.example/">https://b.example/</a>',
      `<p>${link('https://a.example/', 'https://b.example/')}</p>`,
    ],
    [
      'within a refused link',
      '<a href="/x">https://b.example/</a>',
      `<p>${link('https://b.example/')}</p>`,
      ['a[href]'],
    ],
  ]);
});

describe('the allowed tags stay, with their allowed attributes', () => {
  test.each(Object.entries(ALLOWED_TAGS))('%s', (tag, names) => {
    const values = { href: 'https://a.example/', title: 'Title', cite: 'https://b.example/', datetime: '2024-02-29' };
    const given = names.map((name) => ` ${name}="${values[name]}"`).join('');

    const { html, removed } = sanitizeComment(`<${tag}${given}>text</${tag}>`);

    const element = elementsOf(html).find((found) => found.tag === tag);
    expect(element?.attributes).toEqual({
      ...Object.fromEntries(names.map((name) => [name, values[name]])),
      ...(tag === 'a' && { rel: 'nofollow ugc noopener' }),
    });
    expect(textOf(html)).toBe('text');
    expect(removed).toEqual([]);
  });

  test('the hint names each of them once', () => {
    const hinted = tagsHint.map((tag) => elementsOf(tag)[0]);

    expect(hinted.map((element) => element?.tag)).toEqual(Object.keys(ALLOWED_TAGS));
    expect(hinted.map((element) => Object.keys(element?.attributes ?? {}))).toEqual(Object.values(ALLOWED_TAGS));
  });
});

describe('what is taken away is named, once, in order', () => {
  compare([
    ['a script with its content', '<script>alert(1)</script>x<img><img>', '<p>x</p>', ['script', 'img']],
    ['a tag without its content', '<div><font>x</font></div>', '<p>x</p>', ['div', 'font']],
    ['an attribute', '<b onclick="a()" ID=b>x</b>', '<p><b>x</b></p>', ['b[onclick]', 'b[id]']],
    ['a link without an address', '<a>x</a>', '<p>x</p>', ['a']],
    ['a comment', 'a<!-- b -->c', '<p>ac</p>', ['comment']],
    ['a control character', 'a\u0000b&#1;', '<p>ab</p>', ['control characters']],
    ['an override', 'a\u202eb&#x2066;', '<p>ab</p>', ['direction overrides']],
    ['tag characters', 'a\u{e0041}b', '<p>ab</p>', ['tag characters']],
    ['a pile of marks', `e${'\u0316'.repeat(6)}x`, `<p>e${'\u0316'.repeat(4)}x</p>`, ['extra combining marks']],
    ['a broken character', 'a\ud800', '<p>a\ufffd</p>', ['invalid characters']],
    ['a date that is none', '<del datetime="2023-02-29">x</del>', '<p><del>x</del></p>', ['del[datetime]']],
    ['a citation that is no web address', '<q cite="mailto:a@b.example">x</q>', '<p><q>x</q></p>', ['q[cite]']],
    [
      'a rel of one’s own',
      '<a href="https://a.example/" rel="me">x</a>',
      `<p><a href="https://a.example/" ${REL}>x</a></p>`,
      ['a[rel]'],
    ],
    ['not p or br', '<p class="a">x<br>', '<p>x</p>'],
    ['not an empty attribute', '<abbr title="">x</abbr>', '<p><abbr>x</abbr></p>'],
  ]);

  test('a thousand names are a short list of short names', () => {
    const source = Array.from({ length: 500 }, (_, n) => `<x${n}${'y'.repeat(n)}></x${n}${'y'.repeat(n)}>`).join('');

    const { removed } = sanitizeComment(`x${source.slice(0, 8000)}`);

    expect(removed.length).toBeLessThanOrEqual(30);
    expect(Math.max(...removed.map((name) => name.length))).toBeLessThanOrEqual(41);
  });
});

describe('a link goes where it says, by http, https or mailto', () => {
  test.each([
    ['https://a.example', 'https://a.example/'],
    ['HTTP://A.example/b', 'http://a.example/b'],
    [' https://a.example/ ', 'https://a.example/'],
    ['https://bücher.example/ü', 'https://xn--bcher-kva.example/%C3%BC'],
    ['https://a.example/?b=c&amp;d="', 'https://a.example/?b=c&d='],
    ['mailto:a@b.example', 'mailto:a@b.example'],
    ['mailto:a&lt;b&gt;@b.example', 'mailto:a%3Cb%3E@b.example'],
  ])('%s is kept', (given, href) => {
    const { html } = sanitizeComment(`<a href="${given}">x</a>`);

    expect(elementsOf(html).find(({ tag }) => tag === 'a')?.attributes.href).toBe(href);
  });

  test.each([
    ...['javascript:alert(1)', 'java&#10;script:alert(1)', '&#1;javascript:alert(1)', 'data:text/html,x', 'vbscript:x'],
    ...[
      '//a.example',
      '\\\\a.example',
      'https:a.example',
      'https:/a.example',
      'http:\\\\a.example',
      '/a',
      'a',
      '#a',
      '?a',
      '.',
    ],
    ...[
      'https://u@a.example/',
      'https://u:p@a.example/',
      'https://',
      'https://a.example:99999',
      'https://[',
      'ftp://a.example',
    ],
  ])('%s is dropped, and its text stays', (href) => {
    const { html, removed } = sanitizeComment(`<a href="${href}">text</a>`);

    expect(elementsOf(html).map(({ tag }) => tag)).toEqual(['p']);
    expect(textOf(html)).toBe('text');
    expect(removed).toContain('a[href]');
  });
});

describe('what only looks like markup stays text', () => {
  test.each([
    'I <3 you',
    'a </3 b',
    '1 < 2 > 0',
    'a <b',
    'a <b c="d>',
    '<!-- no end',
    'a <? b',
    'a <!b>',
    '<![CDATA[x]]>',
    'a </',
    '<',
  ])('%s', (source) => {
    const { html, removed } = sanitizeComment(source);

    expect(textOf(html)).toBe(source);
    expect(removed).toEqual([]);
  });

  test('references are read once', () => {
    expect(textOf(sanitizeComment('&amp;lt;b&gt; &copy; &nonsense; &').html)).toBe('&lt;b> © &nonsense; &');
  });
});

describe('a comment beyond a limit is refused whole', () => {
  test.each<readonly [what: string, source: unknown, code: ErrorCode, detail: object]>([
    ['a list', ['a', 'b'], 'comment.invalid', { got: 'object' }],
    ['nothing', undefined, 'comment.invalid', { got: 'undefined' }],
    ['more than 8 KiB', 'x'.repeat(8193), 'comment.too-long', { limit: 8192, got: 8193 }],
    ['more than 8 KiB of UTF-8', 'é'.repeat(4097), 'comment.too-long', { limit: 8192, got: 8194 }],
    ['more than 30 levels', '<b>'.repeat(31), 'comment.too-deep', { limit: 30, got: 31 }],
    ['2000 levels', '<b>'.repeat(2000), 'comment.too-deep', { limit: 30, got: 31 }],
    ['no text', '', 'comment.empty', {}],
    ['white space', ' \n\u00a0\u3000&nbsp;', 'comment.empty', {}],
    ['invisible characters', '\u200b\u2060\u00ad\ufeff\u3164', 'comment.empty', {}],
    ['markup without text', '<b></b><script>x</script><a href="https://a.example"></a>', 'comment.empty', {}],
  ])('%s', (_, source, code, detail) => {
    const refusal = refusalOf(source);

    expect(refusal.code).toBe(code);
    expect(refusal.detail).toEqual(detail);
  });

  test('8 KiB and what it grows to are within it', () => {
    expect(textOf(sanitizeComment('x'.repeat(8192)).html)).toHaveLength(8192);
    expect(textOf(sanitizeComment('&'.repeat(8192)).html)).toHaveLength(8192);
  });

  test('30 levels are within it, and a bare link does not make 31', () => {
    const { html } = sanitizeComment(`${'<b>'.repeat(30)}http://a.example/`);

    expect(elementsOf(html).map(({ tag }) => tag)).toEqual(['p', ...Array(30).fill('b')]);
    expect(sanitizeComment(html).html).toBe(html);
  });

  test.each([
    ['an element repeated in each paragraph it spans', `<abbr title="${'y'.repeat(4000)}">${'x\n\n'.repeat(1000)}`],
    ['the same in bytes of UTF-8', `<abbr title="${'é'.repeat(1500)}">${'x\n\n'.repeat(30)}`],
    ['links', `http://a?${'&'.repeat(100)} `.repeat(74)],
  ])('more than 64 KiB of html: %s', (_, source) => {
    const refusal = refusalOf(source);

    expect(refusal.code).toBe('comment.too-long-html');
    expect(refusal.detail.got).toBeGreaterThan(65_536);
    expect(refusal.detail.got).toBeLessThan(131_072);
  });
});

describe('an article', () => {
  test.each([
    [
      'keeps headings and figures',
      '<h2>a</h2><figure><img src="/b.png" alt="c" width="1" height="2"><figcaption>d</figcaption></figure>',
    ],
    [
      'keeps tables',
      '<table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td colspan="2">b</td></tr></tbody></table>',
    ],
    ['keeps the language of code', '<pre><code class="language-c++">a &lt; b\n</code></pre>'],
    [
      'keeps links of every address',
      '<p><a href="/a" title="b">c</a> <a href="https://a.example/">d</a> <a href="#e">f</a></p>',
    ],
  ])('%s', (_, html) => {
    expect(sanitizeArticle(html)).toBe(html);
  });

  test.each([
    ['h1 is an h2', '<h1>a</h1>', '<h2>a</h2>'],
    [
      'scripts, styles and frames go',
      '<script>a</script><style>b</style><iframe src="c"></iframe><p>d</p>',
      '<p>d</p>',
    ],
    ['handlers, ids and classes go', '<p id="a" class="b" style="c" onclick="d">e</p>', '<p>e</p>'],
    ['other classes of code go', '<code class="language-js a">b</code>', '<code class="language-js">b</code>'],
    ['an image of another host without a scheme goes', '<p>a<img src="//b.example/c.png"></p>', '<p>a</p>'],
    ['an image in its own address goes', '<p>a<img src="data:image/svg+xml,b"></p>', '<p>a</p>'],
    ['a link that runs goes nowhere', '<a href="javascript:a()">b</a>', '<a>b</a>'],
    ['empty lines before code settle', `<pre>${'\n'.repeat(20)}a</pre>`, '<pre>a</pre>'],
  ])('%s', (_, source, html) => {
    expect(sanitizeArticle(source)).toBe(html);
  });
});

test('html that is longer than what a person may type is a fixed point all the same', () => {
  const { html } = sanitizeComment('&'.repeat(COMMENT_LIMITS.source));

  expect(html.length).toBeGreaterThan(COMMENT_LIMITS.source);
  expect(sanitizeComment(html)).toEqual({ html, removed: [] });
});

test('a paragraph longer than a person may type is refused when it is not ours', () => {
  expect(() => sanitizeComment(`<p>${'x '.repeat(COMMENT_LIMITS.source)}`)).toThrow('comment.too-long');
});
