import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { renderAtom, renderJsonFeed } from '../../web/pages/feed.ts';
import type { FeedView } from '../../web/pages/views.ts';
import { html, site } from '../support/views.ts';

const view = (over: Partial<FeedView> = {}): FeedView => ({
  site: { ...site, title: 'Salt & <b>bread</b>', owner: '"Us" & them' },
  stamp: 'state',
  title: 'On “A < B & C”',
  path: '/a-bench/',
  self: '/api/posts/a-bench/feed',
  updated: '2026-03-02T08:00:00.000Z',
  entries: [
    {
      id: 'comment/p1/42-7',
      url: '/a-bench/comments/42/#comment-42-7',
      title: 'Ann "the" <i>Ö</i> & co',
      author: { name: '<script>Ann</script>', url: 'https://ann.example/?a=1&b="2"' },
      html: html(
        '<p>1 &lt; 2 &amp; <em>3</em> <img src="/media/x/480.webp" srcset="/media/x/480.webp 480w, /media/x/960.webp 960w"></p>',
      ),
      published: '2026-03-01T08:00:00.000Z',
      updated: '2026-03-02T08:00:00.000Z',
    },
  ],
  ...over,
});

const content =
  '<p>1 &lt; 2 &amp; <em>3</em> <img src="https://blog.example.org/media/x/480.webp" srcset="https://blog.example.org/media/x/480.webp 480w, https://blog.example.org/media/x/960.webp 960w"></p>';

test('an Atom feed says what the page says, whatever characters it has', () => {
  const feed = parseAtomFeed(renderAtom(view()));

  expect(feed).toMatchObject({
    id: 'tag:blog.example.org,2026:/a-bench/',
    title: { value: 'On “A < B & C”' },
    updated: '2026-03-02T08:00:00.000Z',
    authors: [{ name: '"Us" & them' }],
    links: [
      { rel: 'alternate', href: 'https://blog.example.org/a-bench/' },
      { rel: 'self', href: 'https://blog.example.org/api/posts/a-bench/feed.xml' },
    ],
    entries: [
      {
        id: 'tag:blog.example.org,2026:comment/p1/42-7',
        title: { value: 'Ann "the" <i>Ö</i> & co' },
        authors: [{ name: '<script>Ann</script>', uri: 'https://ann.example/?a=1&b="2"' }],
        links: [{ href: 'https://blog.example.org/a-bench/comments/42/#comment-42-7' }],
        published: '2026-03-01T08:00:00.000Z',
        content: { value: content, type: 'html' },
      },
    ],
  });
});

test('a JSON Feed says the same', () => {
  const feed = parseJsonFeed(renderJsonFeed(view()));

  expect(feed).toMatchObject({
    home_page_url: 'https://blog.example.org/a-bench/',
    feed_url: 'https://blog.example.org/api/posts/a-bench/feed.json',
    items: [{ id: 'tag:blog.example.org,2026:comment/p1/42-7', content_html: content }],
  });
});

describe.each([
  ['Atom', renderAtom, (text: string) => parseAtomFeed(text).title?.value],
  ['JSON Feed', renderJsonFeed, (text: string) => parseJsonFeed(text).title],
])('%s', (_, render, titleOf) => {
  test('of what nobody has said anything on is whole as well', () => {
    expect(titleOf(render(view({ entries: [] })))).toBe('On “A < B & C”');
  });

  test('changes with the state it was made from', () => {
    expect(render(view({ stamp: 'other' }))).not.toBe(render(view()));
  });

  test('names entries alike on a site without an address, and links from its own root', () => {
    const { address: _, ...homeless } = site;

    const text = render(view({ site: homeless }));

    expect(text).toContain('tag:localhost,2026:comment/p1/42-7');
    expect(text).not.toContain('undefined');
  });
});
