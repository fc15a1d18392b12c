import { parse } from 'node-html-parser';
import { expect, test } from 'vitest';
import { ALLOWED_TAGS } from '../../functions/domain/allowed-tags.ts';
import {
  renderList,
  renderPost,
  renderProblem,
  renderReceipt,
  renderReceived,
  renderReply,
  renderSegment,
} from '../../web/pages/render.ts';
import {
  author,
  comment,
  form,
  head,
  html,
  listView,
  postView,
  problemView,
  receiptView,
  receivedView,
  replyView,
  segmentView,
  site,
  thread,
} from '../support/views.ts';

const text = (page: string, selector: string) => parse(page).querySelector(selector)?.structuredText ?? null;
const link = (page: string, words: string) =>
  parse(page)
    .querySelectorAll('a')
    .find(({ structuredText }) => structuredText.includes(words))
    ?.getAttribute('href');

const withYears = (years: number) => renderPost(postView({ post: { ...postView().post, years } }));

test.each([
  [6, 'by Odile Brandt · 14 June 2020, 6 years ago · in Neighbourhood · 57 comments'],
  [1, 'by Odile Brandt · 14 June 2020, 1 year ago · in Neighbourhood · 57 comments'],
  [0, 'by Odile Brandt · 14 June 2020 · in Neighbourhood · 57 comments'],
])('an article %d years old says so beside its date', (years, expected) => {
  expect(text(withYears(years), '.by')?.replace(/\s+/g, ' ')).toBe(expected);
});

test('an article links its author, category, conversation and what was said earlier', () => {
  const page = renderPost(postView());

  expect(link(page, 'Odile Brandt')).toBe('/author/odile-brandt/');
  expect(link(page, 'Neighbourhood')).toBe('/category/neighbourhood/');
  expect(link(page, '57 comments')).toBe('#talk');
  expect(link(page, 'Earlier')).toBe('/a-bench-outside/comments/41/');
  expect(text(page, '.about')).toContain(author.bio);
});

test.each([
  ['an article with a conversation', renderPost(postView()), '/api/posts/a-bench-outside/feed'],
  ['the front page', renderList(listView()), '/feed'],
])('%s announces its feed in both formats', (_what, page, path) => {
  const announced = parse(page)
    .querySelectorAll('link[rel=alternate]')
    .map((one) => [one.getAttribute('type'), one.getAttribute('href')]);

  expect(announced).toEqual([
    ['application/atom+xml', `${path}.xml`],
    ['application/feed+json', `${path}.json`],
  ]);
});

test('the form names every tag that is allowed, and posts to the article', () => {
  const page = parse(renderPost(postView()));

  for (const tag of Object.keys(ALLOWED_TAGS))
    expect(page.querySelector('.hint')?.text).toMatch(new RegExp(`<${tag}[ >]`));
  expect(page.querySelector('form')?.attributes).toEqual({
    method: 'post',
    action: '/api/posts/a-bench-outside/comments',
  });
  expect(page.querySelectorAll('form [name]').map((input) => input.getAttribute('name'))).toEqual([
    'body',
    'name',
    'email',
    'url',
    'topic',
  ]);
});

test('each comment has a link to answer it, which no crawler follows', () => {
  const page = parse(renderPost(postView({ threads: [thread(comment('42-1'))] })));

  const reply = page.querySelector('#comment-42-1 > a.re');

  expect(reply?.getAttribute('href')).toBe('/api/posts/a-bench-outside/reply?to=42-1');
  expect(reply?.getAttribute('rel')).toBe('nofollow');
});

test('a closed conversation has neither form nor reply links, and a kind word', () => {
  for (const page of [
    renderPost(postView({ post: { ...postView().post, closed: true } })),
    renderSegment(segmentView({ post: { ...segmentView().post, closed: true } })),
    renderReply(replyView({ post: { ...replyView().post, closed: true } })),
  ]) {
    expect(parse(page).querySelectorAll('form, a.re:not(.rp)')).toEqual([]);
    expect(page).toContain('has come to its close');
  }
});

test('an article without comments invites the first', () => {
  const page = renderPost(postView({ threads: [], total: 0, earlier: null }));

  expect(page).toContain('The first chair is yours');
  expect(text(page, '.by')).toContain('no comments yet');
});

test('a comment says what it answers, where its replies go on, and where a long one is read', () => {
  const page = renderPost(
    postView({
      threads: [
        thread(comment('42-3', { answers: { url: '/x/#comment-41-1', name: null } })),
        thread(comment('42-2', { answers: { url: '/x/#comment-42-1', name: 'Inès' }, continues: '/x/comments/t1/' })),
        thread(comment('42-1', { html: null, long: true })),
      ],
    }),
  );

  expect(text(page, '#comment-42-3 .to')).toBe('in reply to an earlier comment');
  expect(text(page, '#comment-42-2 .to')).toBe('in reply to Inès');
  expect(link(page, 'The replies go on')).toBe('/x/comments/t1/');
  expect(link(page, 'read it in its place')).toBe(comment('42-1').url);
});

test('the state a page was made from stands in it', () => {
  expect(renderPost(postView({ stamp: '1.2.3' }))).toContain('data-state="1.2.3"');
  expect(renderPost(postView({ stamp: '1.2.3' }))).not.toBe(renderPost(postView({ stamp: '1.2.4' })));
});

test('only a site that knows its address has canonical links', () => {
  const { address: _, ...nowhere } = site;

  expect(renderPost(postView())).toContain('<link rel="canonical" href="https://blog.example.org/a-bench-outside/"/>');
  expect(renderSegment(segmentView())).toContain('href="https://blog.example.org/a-bench-outside/comments/42/"/>');
  expect(renderPost(postView({ site: nowhere }))).not.toMatch(/canonical|og:/);
});

test('an overflow page leads back to the comment whose replies it holds', () => {
  const page = renderSegment(segmentView({ root: '/x/comments/42/#comment-42-1' }));

  expect(link(page, 'one comment')).toBe('/x/comments/42/#comment-42-1');
});

test('lists turn their pages both ways', () => {
  const page = renderList(listView({ newer: '/page/9/', older: '/page/7/' }));

  expect([link(page, 'Newer'), link(page, 'Older')]).toEqual(['/page/9/', '/page/7/']);
});

test.each([
  ['first-time', 'first'],
  ['links.some', 'several links'],
  ['author.unproven', 'one of our authors'],
  ['a-rule-of-tomorrow', 'second look'],
])('the receipt of a comment held by %s says why', (reason, words) => {
  const page = renderReceipt(receiptView({ reason }));

  expect(text(page, '.lead')).toContain(words);
  expect(page).toContain('<strong>window sill</strong>');
  expect(text(page, '.note')).toContain('a[onclick]');
  expect(link(page, 'Back to')).toBe('/a-bench-outside/');
});

test('a published comment’s receipt leads to its place', () => {
  expect(link(renderReceipt(receiptView({ status: 'approved', reason: null, url: '/x/#y' })), 'in its place')).toBe(
    '/x/#y',
  );
});

test('the receipt of a removed comment holds its text no more', () => {
  expect(renderReceipt(receiptView({ status: 'removed', html: html('<p>canary</p>') }))).not.toContain('canary');
});

test('what was sent before is confirmed without text, state or controls', () => {
  const main = parse(renderReceived(receivedView)).querySelector('main');

  expect(main?.querySelectorAll('form, button, .e-content')).toEqual([]);
  expect(main?.text).not.toMatch(/publish|waiting|spam|held/i);
});

test('a reply quotes what it answers, and says which it is', () => {
  const page = parse(renderReply(replyView()));

  expect(page.querySelector('figure .e-content')?.innerHTML).toBe(replyView().parent.html);
  expect(page.querySelector('input[name=parent]')?.getAttribute('value')).toBe('42-3');
});

test('a refused form comes back with every word, and each message tied to its field', () => {
  const values = { name: 'Inès', email: 'ines@', url: 'x', body: '\nfirst & "second"' };
  const fields = form({ parent: '42-1', values, errors: { email: 'No.', body: 'Too short.' } });

  const page = parse(renderProblem(problemView({ form: { post: null, fields } })));

  const field = (name: string) => page.querySelector(`[name=${name}]`);
  expect(field('email')?.attributes).toMatchObject({
    value: 'ines@',
    'aria-invalid': 'true',
    'aria-describedby': 'e-email',
  });
  expect(field('body')?.getAttribute('aria-describedby')).toBe('e-body h-body');
  expect(page.querySelector('#e-email')?.text).toBe('No.');
  expect(field('body')?.text).toBe(`\n${values.body}`);
  expect(field('parent')?.getAttribute('value')).toBe('42-1');
  expect(page.querySelector('.back a')?.getAttribute('href')).toBe(`/${head().slug}/`);
});
