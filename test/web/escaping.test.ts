import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import {
  renderList,
  renderPost,
  renderProblem,
  renderReceipt,
  renderReply,
  renderSegment,
} from '../../web/pages/render.ts';
import * as views from '../support/views.ts';

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus='alert(1)",
  '</title></textarea></style><svg onload=alert(1)>',
  '<!--',
  '&lt;b&gt;&#60;i&#62;',
  '{{alert(1)}}',
];

/** Every slot that holds words of a person, filled with the same. */
const pagesWith = (text: string): string[] => {
  const href = `javascript:alert(1)//${text}`;
  const who = { name: text, url: href, host: true, hue: 1 };
  const author = { name: text, slug: text, bio: text, links: [{ label: text, href }] };
  const head = views.head({
    title: text,
    excerpt: text,
    tags: [text],
    author,
    category: { name: text, slug: text },
    slug: text,
  });
  const threads = [
    views.thread(
      views.comment('1-1', { author: who, answers: { url: '/x/', name: text }, html: views.html('<p>safe</p>') }),
    ),
  ];
  const site = { ...views.site, title: text, tagline: text, owner: text };
  const post = { title: text, slug: text, closed: false };
  const form = views.form({
    slug: text,
    parent: text,
    values: { name: text, email: text, url: text, body: text },
    errors: { name: text, email: text, url: text, body: text, parent: text },
  });
  return [
    renderPost(views.postView({ site, stamp: text, post: { ...head, author, html: views.html('') }, threads })),
    renderSegment(views.segmentView({ site, stamp: text, post, threads })),
    renderList(views.listView({ site, title: text, kind: 'category', posts: [head] })),
    renderList(views.listView({ site, title: text, kind: 'author', author, posts: [head] })),
    renderReceipt({
      ...views.receiptView(),
      site,
      post,
      words: { action: '/x/', body: text, until: 'for ever', error: text },
      kept: [{ what: text, until: text }],
      comment: { ...views.receiptView().comment, author: who, removed: [text], reason: text },
    }),
    renderReply(views.replyView({ site, post, parent: { name: text, html: views.html(''), url: '/x/' }, form })),
    renderProblem(views.problemView({ site, title: text, detail: text, form: { post, fields: form } })),
  ];
};

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const elementsOf = (nodes: readonly Node[]): Element[] =>
  nodes.flatMap((node) => ('tagName' in node ? [node, ...elementsOf(node.childNodes)] : []));

const elements = (page: string) => elementsOf(parse(page).childNodes);

const shape = (page: string) =>
  elements(page).map(({ tagName, attrs }) => [tagName, ...attrs.map(({ name }) => name)].join(' '));

describe.each(HOSTILE)('%s', (text) => {
  const pages = pagesWith(text).map((page, i) => [i, page] as const);
  const plain = pagesWith('words');

  test.each(pages)('stays text in every slot of page %d', (i, page) => {
    expect(shape(page)).toEqual(shape(plain[i] ?? ''));
  });

  test.each(pages)('leads nowhere that runs, on page %d', (_, page) => {
    const targets = elements(page).flatMap(({ attrs }) =>
      attrs.filter(({ name }) => ['href', 'src', 'action'].includes(name)).map(({ value }) => value),
    );

    expect(targets.length).toBeGreaterThan(0);
    expect(targets.filter((target) => /^\s*(javascript|data|vbscript):/i.test(target))).toEqual([]);
  });
});
