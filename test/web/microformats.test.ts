import { mf2 } from 'microformats-parser';
import { expect, test } from 'vitest';
import { renderList, renderPost, renderSegment } from '../../web/pages/render.ts';
import { author, comment, head, listView, postView, segmentView, thread } from '../support/views.ts';

const BASE = 'https://blog.example.org/a-bench-outside/';
const parse = (page: string, baseUrl = BASE) => mf2(page, { baseUrl });

test('an article is one h-entry with its name, address, author, dates, terms and text', () => {
  const updated = '2021-03-01T08:00:00Z';

  const { items } = parse(renderPost(postView({ post: { ...postView().post, updated } })));

  expect(items).toHaveLength(1);
  const [entry] = items;
  expect(entry?.type).toEqual(['h-entry']);
  expect(entry?.properties).toMatchObject({
    name: [head().title],
    url: [BASE],
    published: [head().date],
    updated: [updated],
    category: ['Neighbourhood', 'listening', 'benches'],
  });
  expect(entry?.properties.author).toMatchObject([
    { type: ['h-card'], properties: { name: [author.name], url: ['https://blog.example.org/author/odile-brandt/'] } },
  ]);
  expect(entry?.properties.content).toMatchObject([{ html: expect.stringContaining('<blockquote>') }]);
});

test('the author’s other places are linked with rel=me', () => {
  const { rels } = parse(renderPost(postView()));

  expect(rels.me).toEqual(author.links.map(({ href }) => href));
});

test('a comment is an h-cite of its article, and a reply one of the comment it answers', () => {
  const said = comment('42-1', { author: { name: 'Inès', url: 'https://ines.example/', host: false, hue: 4 } });
  const view = postView({ threads: [thread(said, thread(comment('42-2')))], total: 2, earlier: null });

  const [entry] = parse(renderPost(view)).items;

  expect(entry?.properties.comment).toMatchObject([
    {
      type: ['h-cite'],
      properties: {
        author: [{ type: ['h-card'], properties: { name: ['Inès'], url: ['https://ines.example/'] } }],
        published: [said.at],
        url: [`https://blog.example.org${said.url}`],
        content: [{ html: said.html }],
        comment: [{ type: ['h-cite'], properties: { url: [`https://blog.example.org${comment('42-2').url}`] } }],
      },
    },
  ]);
});

test('what was removed is no comment any more, and its replies still are', () => {
  const view = postView({ threads: [thread(comment('42-1', { html: null }), thread(comment('42-2')))], total: 1 });

  const page = renderPost(view);

  expect(page).toContain('This comment was removed.');
  expect(parse(page).items[0]?.properties.comment).toMatchObject([
    { properties: { url: [`https://blog.example.org${comment('42-2').url}`] } },
  ]);
});

test('a list is an h-feed of its articles', () => {
  const { items } = parse(renderList(listView()), 'https://blog.example.org/');

  expect(items).toMatchObject([{ type: ['h-feed'], properties: { name: ['Stoa'] } }]);
  expect(
    items[0]?.children?.map(({ properties }) => [properties.name, properties.summary, properties.published]),
  ).toEqual(listView().posts.map(({ title, excerpt, date }) => [[title], [excerpt], [date]]));
});

test('a stretch of conversation is an h-feed of h-cites', () => {
  const { items } = parse(renderSegment(segmentView({ threads: [thread(comment('42-1')), thread(comment('42-2'))] })));

  expect(items).toMatchObject([{ type: ['h-feed'], properties: { name: ['The conversation'] } }]);
  expect(items[0]?.properties.comment).toHaveLength(2);
});
