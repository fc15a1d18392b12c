import * as v from 'valibot';
import { POLICY } from '../../functions/domain/allowed-tags.ts';
import type { Status } from '../../functions/domain/moderation.ts';
import { sanitizeComment } from '../../functions/domain/sanitize.ts';
import { siteEntries } from '../../functions/domain/settings.ts';
import { readAccount, saveAccount } from '../../functions/table/accounts.ts';
import {
  authorLookingLike,
  describeAuthor,
  findAuthor,
  findTerm,
  listAuthors,
  listTerms,
  nameAuthor,
  nameTerm,
  saveAuthor,
  saveTerm,
} from '../../functions/table/authors.ts';
import type { Said } from '../../functions/table/comment-items.ts';
import { applyPolicy, commentAt, findComment, hold, seat } from '../../functions/table/comments.ts';
import { count, total } from '../../functions/table/counters.ts';
import { edit, reword } from '../../functions/table/edits.ts';
import { completeErasure, erase } from '../../functions/table/erasure.ts';
import { commentsOfMonth, commentsOfPerson } from '../../functions/table/history.ts';
import { forgetJob, readJob, saveJob } from '../../functions/table/jobs.ts';
import { entries, places, takePlace } from '../../functions/table/lists.ts';
import { move } from '../../functions/table/moves.ts';
import {
  claimAddress,
  distrust,
  findAddress,
  findPerson,
  isTrusted,
  notePerson,
  personOf,
  takeTrustBack,
  trust,
  trustIfNew,
} from '../../functions/table/people.ts';
import { pin, unpin } from '../../functions/table/pins.ts';
import {
  closePost,
  countPosts,
  createPost,
  findPost,
  getPost,
  listPosts,
  type PostItem,
  publishPost,
  revisePost,
  touchPages,
  touchPost,
  withdrawPost,
} from '../../functions/table/posts.ts';
import { countQueue, queueOf } from '../../functions/table/queue.ts';
import { renamePost } from '../../functions/table/renames.ts';
import { answerReports, report, reported, reportsOf } from '../../functions/table/reports.ts';
import {
  findHtml,
  findRevision,
  listRevisions,
  putHtmlAnew,
  putRevision,
  readBody,
  readHtml,
  revisionOf,
} from '../../functions/table/revisions.ts';
import { linkNext, takeSeat } from '../../functions/table/seats.ts';
import { readCtl, readHead, readSegment } from '../../functions/table/segments.ts';
import { readSite, saveSite } from '../../functions/table/site.ts';
import { ownerOf, reserveSlug } from '../../functions/table/slugs.ts';
import { advanceSweep, beginSweep, readSweep } from '../../functions/table/sweeps.ts';
import type { Table } from '../../functions/table/table.ts';
import { thank, thanksFor } from '../../functions/table/thanks.ts';
import { content, publishedPost, said } from '../support/content.ts';
import { NOW } from '../support/world.ts';
import type { Access, Setting } from './access.ts';
import { GUARD_ACCESSES } from './guard-accesses.ts';
import { MAIL_ACCESSES } from './mail-accesses.ts';

/** What a comment of the middling size is: 700 bytes, some 1.9 KB with its source, its HTML and all that is noted about it. */
export const WORDS = `${'so many words '.repeat(50)}`.trim();

const AT = NOW.toISOString();
const LATER = '2026-11-22T15:00:00.000Z';
const to = (status: Status) => ({ to: status, by: 'test', at: LATER, rule: null });
const WRITER = { id: 'c1', person: 'p1', reader: 'r1' };
const by = { reader: 'r1', reason: 'rude', at: AT };

/** A comment that was let in, beside one before it. */
async function seated({ table, post }: Setting, words: Said = said(post, WORDS)) {
  await seat(table, said(post, 'The first.'));
  await seat(table, words);
  const found = await findComment(table, words.id);
  if (!found?.at) throw new Error('no seat');
  return { ...found, at: found.at };
}

async function waiting({ table, post }: Setting) {
  const words = said(post, WORDS);
  await hold(table, words, 'pending');
  const found = await findComment(table, words.id);
  if (!found) throw new Error('not held');
  return found;
}

async function draft({ table }: Setting): Promise<PostItem> {
  const { author, category } = content();
  await nameAuthor(table, author.slug, author.name);
  if (category) await nameTerm(table, category.slug, category.name);
  return createPost(table, 'draft', content(), NOW);
}

/** Every access pattern of docs/access-patterns.md, in its typical case. */
export const ACCESSES: Readonly<Record<string, Access>> = {
  'post by slug':
    ({ table, post }) =>
    () =>
      findPost(table, post.slug),
  post:
    ({ table, post }) =>
    () =>
      getPost(table, post.id),
  'post body':
    ({ table, post }) =>
    () =>
      readBody(table, post),
  revision:
    ({ table, post }) =>
    () =>
      findRevision(table, post.id, 1),
  'post html':
    ({ table, post }) =>
    () =>
      readHtml(table, post),
  'html of a revision':
    ({ table, post }) =>
    () =>
      findHtml(table, post.id, 1),
  'html anew': async ({ table, post }) => {
    const before = await findHtml(table, post.id, 1);
    return () => putHtmlAnew(table, post, content().html, before);
  },
  'revisions of a post': async ({ table, post }) => {
    await revisePost(table, post, content({ title: 'Other' }), NOW);
    return () => listRevisions(table, post.id, { below: 3, limit: 20 });
  },
  'put a revision':
    ({ table, post }) =>
    () =>
      putRevision(table, post.id, 2, revisionOf(content(), NOW, {})),
  'reserve a slug':
    ({ table }) =>
    () =>
      reserveSlug(table, 'another', 'p2', NOW),
  slug:
    ({ table, post }) =>
    () =>
      ownerOf(table, post.slug),
  'rename post':
    ({ table, post }) =>
    () =>
      renamePost(table, post, 'another', NOW),
  pin: async (setting) => {
    const { at } = await seated(setting);
    return () => pin(setting.table, setting.post, at);
  },
  unpin:
    ({ table, post }) =>
    () =>
      unpin(table, { ...post, pins: ['1-1'] }, '1-1'),
  'create post':
    ({ table }) =>
    () =>
      createPost(table, 'another', content(), NOW),
  'revise post':
    ({ table, post }) =>
    () =>
      revisePost(table, post, content({ title: 'Other' }), NOW),
  'publish post': async (setting) => {
    const post = await draft(setting);
    return () => publishPost(setting.table, post, AT, NOW);
  },
  'withdraw post':
    ({ table, post }) =>
    () =>
      withdrawPost(table, post),
  'close post':
    ({ table, post }) =>
    () =>
      closePost(table, post, true),
  'touch post':
    ({ table, post }) =>
    () =>
      touchPost(table, post.id, '2026-11-22'),
  'posts by status and date': async ({ table }) => {
    await publishedPost(table, 'second');
    await publishedPost(table, 'third');
    return () => listPosts(table, 'published', { limit: 3 });
  },
  'count posts':
    ({ table }) =>
    () =>
      countPosts(table, ['published']),
  'post head':
    ({ table, post }) =>
    () =>
      readHead(table, post.id),
  'segment control':
    ({ table, post }) =>
    () =>
      readCtl(table, post.id, '1'),
  segment: async ({ table, post }) => {
    await fillSegment(table, post);
    return () => readSegment(table, post.id, '1');
  },
  'take a seat': async ({ table, post }) => {
    await seat(table, said(post, 'The first.'));
    return () => takeSeat(table, post.id, null, 700);
  },
  'link overflow': async ({ table, post }) => {
    await seat(table, said(post, 'The first.'));
    return () => linkNext(table, post.id, '1', 't1');
  },
  hold:
    ({ table, post }) =>
    () =>
      hold(table, said(post, WORDS), 'pending'),
  'seat at once': async ({ table, post }) => {
    await seat(table, said(post, 'The first.'));
    return () => seat(table, said(post, WORDS));
  },
  'comment by id': async (setting) => {
    const { id } = await seated(setting);
    return () => findComment(setting.table, id);
  },
  'comment by reference': async (setting) => {
    const { post, at } = await seated(setting);
    return () => commentAt(setting.table, post, at);
  },
  move: async (setting) => {
    await seat(setting.table, said(setting.post, 'The first.'));
    const { id } = await waiting(setting);
    return () => move(setting.table, id, to('approved'));
  },
  queue: async ({ table, post }) => {
    for (const words of ['one', 'two', 'three']) await hold(table, said(post, words), 'pending');
    return () => queueOf(table, 'pending', { limit: 3 });
  },
  'count a queue': async ({ table, post }) => {
    for (const words of ['one', 'two', 'three']) await hold(table, said(post, words), 'pending');
    return () => countQueue(table, 'held', 500);
  },
  'sanitize anew': async (setting) => {
    const comment = { ...(await seated(setting)), status: 'approved' as const };
    return () => applyPolicy(setting.table, comment, POLICY, sanitizeComment(WORDS));
  },
  count: async ({ table, post }) => {
    await count(table, post.id, '1', [1, 1]);
    return () => count(table, post.id, '1', [2, 2]);
  },
  total:
    ({ table, post }) =>
    () =>
      total(table, post.id),
  edit: async (setting) => {
    const comment = await seated(setting);
    const words = { ...sanitizeComment('Other words.'), source: 'Other words.', policy: POLICY };
    return () => edit(setting.table, comment, { ...words, by: 'ada', at: AT });
  },
  reword: async (setting) => {
    const comment = await seated(setting);
    const words = { ...sanitizeComment('Other words.'), source: 'Other words.', policy: POLICY, reason: null };
    return () => reword(setting.table, comment, words, { to: 'approved', at: AT });
  },
  erase: async (setting) => {
    const comment = await seated(setting);
    return () => erase(setting.table, comment, AT);
  },
  'complete an erasure': async (setting) => {
    const comment = await seated(setting);
    await erase(setting.table, comment, AT);
    const stone = await commentAt(setting.table, comment.post, comment.at);
    return () => completeErasure(setting.table, stone);
  },
  'comments of a person': async ({ table, post }) => {
    for (const words of ['one', 'two', 'three']) await seat(table, said(post, words));
    return () => commentsOfPerson(table, 'p1', { limit: 3 });
  },
  'comments of a month': async ({ table, post }) => {
    for (const words of ['one', 'two', 'three']) await seat(table, said(post, words));
    return () => commentsOfMonth(table, '2026-11', { limit: 3 });
  },
  report: async ({ table, post }) => {
    await report(table, post.id, '1-1', { ...by, reader: 'r0' });
    return () => report(table, post.id, '1-1', { ...by, at: LATER });
  },
  'reports of a comment':
    ({ table, post }) =>
    () =>
      reportsOf(table, post.id, '1-1'),
  reported: async ({ table, post }) => {
    for (const ref of ['1-1', '1-2', '1-3']) await report(table, post.id, ref, by);
    return () => reported(table, { limit: 3 });
  },
  'answer reports': async ({ table, post }) => {
    await report(table, post.id, '1-1', by);
    return () => answerReports(table, post.id, '1-1');
  },
  thank:
    ({ table, post }) =>
    () =>
      thank(table, post.id, '1-1', { reader: 'r0', at: AT }),
  'thanks for a comment':
    ({ table, post }) =>
    () =>
      thanksFor(table, post.id, '1-1'),
  person:
    ({ table }) =>
    () =>
      findPerson(table, 'p1'),
  'note a person':
    ({ table }) =>
    () =>
      notePerson(table, 'p1', { blocked: true, note: 'Sells lamps.' }),
  account:
    ({ table }) =>
    () =>
      readAccount(table, 'a1'),
  'save an account':
    ({ table }) =>
    () =>
      saveAccount(table, 'a1', { author: 'ada-byrne', seen: AT }),
  address:
    ({ table }) =>
    () =>
      findAddress(table, 'h1'),
  'person of an address':
    ({ table }) =>
    () =>
      personOf(table, 'h1'),
  "address is an author's":
    ({ table }) =>
    () =>
      claimAddress(table, 'h1', 'ada-byrne'),
  'reader of a person':
    ({ table }) =>
    () =>
      isTrusted(table, 'p1', 'r1'),
  'trust a reader':
    ({ table }) =>
    () =>
      trust(table, WRITER),
  'trust a new reader':
    ({ table }) =>
    () =>
      trustIfNew(table, WRITER),
  'take trust back': async ({ table }) => {
    await trust(table, WRITER);
    return () => takeTrustBack(table, WRITER);
  },
  'distrust a reader':
    ({ table }) =>
    () =>
      distrust(table, WRITER),
  author:
    ({ table }) =>
    () =>
      findAuthor(table, 'ada-byrne'),
  term:
    ({ table }) =>
    () =>
      findTerm(table, 'rooms'),
  'name an author':
    ({ table }) =>
    () =>
      nameAuthor(table, 'tom', 'Tom'),
  'name a category':
    ({ table }) =>
    () =>
      nameTerm(table, 'doors', 'Doors'),
  'describe an author':
    ({ table }) =>
    () =>
      describeAuthor(table, 'ada-byrne', { bio: 'Writes.', links: [] }),
  'save an author':
    ({ table }) =>
    () =>
      saveAuthor(table, { slug: 'tom', name: 'Tom', bio: 'Writes.', links: [], ver: 1 }),
  'save a category':
    ({ table }) =>
    () =>
      saveTerm(table, { slug: 'doors', name: 'Doors', ver: 1 }),
  authors:
    ({ table }) =>
    () =>
      listAuthors(table, { limit: 50 }),
  categories:
    ({ table }) =>
    () =>
      listTerms(table, { limit: 50 }),
  site:
    ({ table }) =>
    () =>
      readSite(table),
  'change the site':
    ({ table }) =>
    () =>
      saveSite(table, { words: v.parse(v.strictObject(siteEntries), {}), account: 'a1', at: AT, ver: 1 }, 0),
  'touch all pages of a post':
    ({ table, post }) =>
    () =>
      touchPages(table, post.id, 1),
  'take a place':
    ({ table, post }) =>
    () =>
      takePlace(table, 'all', post.id),
  'places of a list':
    ({ table }) =>
    () =>
      places(table, 'all'),
  'page of a list': async ({ table, post }) => {
    for (let i = 0; i < 18; i++) await takePlace(table, 'all', post.id);
    return () => entries(table, 'all', 1, 19);
  },
  'begin a sweep':
    ({ table, post }) =>
    () =>
      beginSweep(table, { of: 'post', id: post.id }, { goal: '2 0', next: '42' }),
  sweep: async ({ table, post }) => {
    await beginSweep(table, { of: 'post', id: post.id }, { goal: '2 0', next: '42' });
    return () => readSweep(table, { of: 'post', id: post.id });
  },
  'advance a sweep': async ({ table, post }) => {
    await beginSweep(table, { of: 'post', id: post.id }, { goal: '2 0', next: '42' });
    return () => advanceSweep(table, { of: 'post', id: post.id }, { goal: '2 0', next: '42' }, '10');
  },
  'read a job':
    ({ table }) =>
    () =>
      readJob(table, 'rebuild'),
  'save a job':
    ({ table }) =>
    () =>
      saveJob(table, 'rebuild', { at: 'here' }),
  'finish a job':
    ({ table }) =>
    () =>
      forgetJob(table, 'rebuild'),
  'author by look':
    ({ table }) =>
    () =>
      authorLookingLike(table, 'Ada Byrne'),
  ...GUARD_ACCESSES,
  ...MAIL_ACCESSES,
};

/** Up to its gates, with comments of the middling size: five roots and their replies. */
export async function fillSegment(table: Table, post: PostItem): Promise<void> {
  for (let i = 0; ; i++) {
    const { ctl, comments } = await readSegment(table, post.id, '1');
    if (comments.length >= 40 || (ctl?.bytes ?? 0) >= 20_000) return;
    const root = comments[i % 5];
    const parent = comments.length >= 5 && root ? root : null;
    const at = await seat(table, said(post, `${WORDS} ${i}`, { parent, person: `p${i}` }));
    if (!at.startsWith('1-')) return;
  }
}
