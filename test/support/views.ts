import type { SafeHtml } from '../../functions/domain/sanitize.ts';
import type { Site } from '../../functions/domain/settings.ts';
import type {
  AuthorView,
  CommentView,
  FormView,
  ListView,
  NotFoundView,
  PostHead,
  PostView,
  ProblemView,
  ReceiptView,
  ReceivedView,
  ReplyView,
  SegmentView,
  ThreadView,
} from '../../web/pages/views.ts';

/** Views of an invented site, for tests of pages; each takes what a test wants otherwise. */

/** Tests vouch for their own markup; nothing else may. */
export const html = (text: string) => text as SafeHtml;

export const site: Site = {
  title: 'Stoa',
  tagline: 'A place to talk with people, not at them',
  language: 'en',
  owner: 'The reading room',
  bio: '',
  links: [],
  menu: [{ label: 'Archive', href: '/page/1/' }],
  footer: [],
  address: 'https://blog.example.org',
};

export const author: AuthorView = {
  name: 'Odile Brandt',
  slug: 'odile-brandt',
  bio: 'Keeps the reading room above the harbour, and answers every letter.',
  links: [
    { label: 'her notebook', href: 'https://odile.example/' },
    { label: 'the fediverse', href: 'https://social.example/@odile' },
  ],
};

export const head = (over: Partial<PostHead> = {}): PostHead => ({
  title: 'A bench outside the town hall',
  slug: 'a-bench-outside',
  date: '2020-06-14T09:30:00Z',
  updated: null,
  author: { name: author.name, slug: author.slug },
  category: { name: 'Neighbourhood', slug: 'neighbourhood' },
  tags: ['listening', 'benches'],
  excerpt: 'The office moved one bench out of the door, and people began to say what they thought.',
  closed: false,
  years: 6,
  ...over,
});

export const comment = (ref: string, over: Partial<CommentView> = {}): CommentView => ({
  ref,
  url: `/a-bench-outside/comments/${ref.replace(/-\d+$/, '')}/#comment-${ref}`,
  author: { name: 'Teodor Lind', url: null, host: false, hue: Number(ref.replace(/\D/g, '')) % 6 },
  at: '2020-06-16T10:12:00Z',
  edited: null,
  html: html('<p>We had one in the library. It lasted until somebody <em>booked</em> it.</p>'),
  long: false,
  answers: null,
  continues: null,
  ...over,
});

export const thread = (of: CommentView, ...replies: ThreadView[]): ThreadView => ({ comment: of, replies });

const deep = thread(
  comment('42-1', { author: { name: 'Teodor Lind', url: 'https://teodor.example/', host: false, hue: 2 } }),
  thread(
    comment('42-2', {
      author: { name: author.name, url: null, host: true, hue: 0 },
      html: html(
        '<p>May I paint that on the backrest?</p><blockquote><p>It lasted until somebody booked it.</p></blockquote>',
      ),
    }),
    thread(
      comment('42-3', { html: html('<p>Only if the paint stays wet.</p>') }),
      thread(
        comment('42-4', { author: { name: 'Inès', url: null, host: false, hue: 4 } }),
        thread(comment('42-5', { author: { name: '陳 Wei', url: null, host: false, hue: 5 } })),
        thread(comment('42-6', { answers: { url: '/a-bench-outside/comments/42/#comment-42-5', name: '陳 Wei' } })),
      ),
    ),
  ),
);

export const threads: readonly ThreadView[] = [
  thread(
    comment('42-10', {
      html: html(
        '<p>See <a href="https://bench.example/a/very/long/address/that/nobody/could/ever/want/to/read/aloud/at/a/table" rel="nofollow ugc noopener">https://bench.example/a/very/long/address/that/nobody/could/ever/want/to/read/aloud/at/a/table</a></p>',
      ),
    }),
  ),
  thread(comment('42-9', { html: null, long: true })),
  thread(
    comment('42-7', { html: null }),
    thread(
      comment('42-8', {
        html: html('<p>I am glad it is gone, <del>and</del> thank you for <code>removing</code> it.</p>'),
      }),
    ),
  ),
  { ...deep, comment: { ...deep.comment, continues: '/a-bench-outside/comments/t3/' } },
];

export const postView = (over: Partial<PostView> = {}): PostView => ({
  site,
  stamp: '7.42.19',
  kind: 'post',
  post: {
    ...head(),
    author,
    html: html(
      '<p>There used to be a counter, and behind the counter a door, and behind the door somebody who knew. You took a number.</p><p>Then the door broke. For three weeks the office worked from a bench on the pavement:</p><blockquote><p>Nobody ever whispered at the bench.</p></blockquote><h2>What changed</h2><p>Three things did.</p><ol><li>People sat down before they complained.</li><li>We asked <em>one question back</em>.</li><li>Whoever waited next helped to answer.</li></ol><p>Where would you put a bench?</p>',
    ),
  },
  total: 57,
  pins: [],
  threads,
  earlier: '/a-bench-outside/comments/41/',
  ...over,
});

export const segmentView = (over: Partial<SegmentView> = {}): SegmentView => ({
  site,
  stamp: '42.19',
  path: '/a-bench-outside/comments/42/',
  post: { title: head().title, slug: head().slug, closed: false },
  threads,
  prev: '/a-bench-outside/comments/41/',
  next: '/a-bench-outside/comments/43/',
  root: null,
  ...over,
});

export const listView = (over: Partial<ListView> = {}): ListView => ({
  site,
  stamp: '3',
  kind: 'home',
  path: '/',
  title: '',
  author: null,
  posts: [
    head({ title: 'Rooms with two doors', slug: 'rooms-with-two-doors', date: '2026-03-02T08:00:00Z', years: 0 }),
    head({
      title: 'The question after the question',
      slug: 'second-question',
      date: '2024-10-05T08:00:00Z',
      years: 1,
      category: null,
    }),
    head(),
  ],
  older: '/page/7/',
  newer: null,
  ...over,
});

export const form = (over: Partial<FormView> = {}): FormView => ({
  slug: head().slug,
  parent: null,
  values: { name: '', email: '', url: '', body: '' },
  errors: {},
  ...over,
});

export const replyView = (over: Partial<ReplyView> = {}): ReplyView => ({
  site,
  post: { title: head().title, slug: head().slug, closed: false },
  parent: { name: 'Teodor Lind', html: html('<p>Only if the paint stays wet.</p>'), url: comment('42-3').url },
  form: form({ parent: '42-3' }),
  ...over,
});

export const receiptView = (over: Partial<ReceiptView['comment']> = {}): ReceiptView => ({
  site,
  post: { title: head().title, slug: head().slug },
  comment: {
    author: { name: 'Inès', url: 'https://ines.example/', host: false, hue: 4 },
    at: '2026-03-03T10:12:00Z',
    html: html('<p>Ours was a <strong>window sill</strong>, and it held four.</p>'),
    status: 'pending',
    reason: 'first-time',
    removed: ['script', 'a[onclick]'],
    url: null,
    thanks: 0,
    ...over,
  },
  words: { action: '/api/comments/0a1b/words', body: 'Ours was a window sill.', until: '2026-03-03T10:27:00.000Z' },
  erasure: '/api/comments/0a1b/erasure',
  data: '/api/comments/0a1b/data',
  kept: [{ what: 'Your words and your name', until: 'until you erase them' }],
});

export const receivedView: ReceivedView = { site };

export const notFoundView: NotFoundView = { site, stamp: '1' };

export const problemView = (over: Partial<ProblemView> = {}): ProblemView => ({
  site,
  status: 422,
  title: 'One thing is missing',
  detail: 'The e-mail address does not look like one. Nothing you typed is lost.',
  form: {
    post: { title: head().title, slug: head().slug },
    fields: form({
      values: { name: 'Inès', email: 'ines@', url: '', body: 'Ours was a window sill,\nand it held four.' },
      errors: { email: 'An address looks like name@example.org.', body: 'Say a little more than that.' },
    }),
  },
  words: null,
  ...over,
});
