import { article, revision } from '../../functions/authoring/article.ts';
import { publication } from '../../functions/authoring/publication.ts';
import { complaint } from '../../functions/comments/report.ts';
import { submission } from '../../functions/comments/submission.ts';
import type { ErrorCode } from '../../functions/domain/errors.ts';
import { words } from '../../functions/moderation/edit.ts';
import { verdicts } from '../../functions/moderation/moves.ts';
import { note } from '../../functions/moderation/people.ts';
import { authorsWords } from '../../functions/moderation/reply.ts';
import type { ReplyName } from './replies.ts';

/** What the handlers check their bodies against. */
export const bodies = {
  Submission: submission,
  Article: article,
  Revision: revision,
  Publication: publication,
  Report: complaint,
  Verdicts: verdicts,
  Words: words,
  Note: note,
  AuthorsWords: authorsWords,
};

export interface Operation {
  id: string;
  summary: string;
  /** Parameters of the query, with what they do. */
  query?: Readonly<Record<string, string>>;
  body?: keyof typeof bodies;
  /** Takes the body as a form as well, and answers a form with a page. */
  form?: true;
  /** What it answers with when all is well: JSON of this shape, or a page. */
  answers: readonly [status: number, what: string, reply: ReplyName | 'page'];
  /** Answered with an ETag, and with 304 to whoever has it. */
  etag?: true;
  refuses: readonly ErrorCode[];
}

const CURSOR = { cursor: 'The `next` of the page before' };
const BODY = ['body.encoding', 'body.malformed', 'body.too-large', 'body.type', 'input.invalid'] as const;
const ARTICLE = [200, 'The article as it is now', 'StoredArticle'] as const;

/** By the manifest's routes: what a route's path does not say. */
export const operations: Readonly<Record<string, Operation>> = {
  'POST /api/posts/{slug}/comments': {
    id: 'submitComment',
    summary: 'Comments on an article. The same words sent again are the comment that was there',
    body: 'Submission',
    form: true,
    answers: [201, 'The comment was taken, and this became of it', 'Receipt'],
    refuses: [
      ...BODY,
      'comment.empty',
      'comment.too-deep',
      'comment.too-long',
      'comment.too-long-html',
      'parent.unknown',
      'post.closed',
      'post.not-found',
      'queue.full',
      'quota.address',
      'quota.post',
    ],
  },
  'GET /api/posts/{slug}/reply': {
    id: 'openReplyForm',
    summary: 'A form that answers one comment, for browsers without scripts',
    query: { to: 'The reference of the comment' },
    answers: [200, 'The form', 'page'],
    refuses: ['comment.not-found', 'post.not-found', 'query.invalid'],
  },
  'GET /api/comments/{id}': {
    id: 'showReceipt',
    summary: 'What became of a comment, for the browser that sent it',
    answers: [200, 'The receipt', 'page'],
    refuses: ['comment.not-found', 'query.invalid'],
  },
  'GET /api/posts': {
    id: 'listPosts',
    summary: 'Published articles, newest first',
    query: CURSOR,
    answers: [200, 'A page of articles', 'PostList'],
    etag: true,
    refuses: ['query.invalid'],
  },
  'GET /api/posts/{slug}': {
    id: 'showPost',
    summary: 'An article by its slug, a former slug or its id',
    answers: [200, 'The article', 'Post'],
    etag: true,
    refuses: ['post.not-found', 'query.invalid'],
  },
  'GET /api/posts/{slug}/comments': {
    id: 'listComments',
    summary: 'The published comments of an article, oldest first',
    query: CURSOR,
    answers: [200, 'A page of comments', 'CommentList'],
    etag: true,
    refuses: ['post.not-found', 'query.invalid'],
  },
  'GET /api/admin/posts': {
    id: 'listArticles',
    summary: 'Articles of one status, newest first',
    query: { status: 'draft, scheduled, published or withdrawn; published if not given', ...CURSOR },
    answers: [200, 'A page of articles', 'ArticleList'],
    refuses: ['group.missing', 'query.invalid'],
  },
  'POST /api/admin/posts': {
    id: 'createArticle',
    summary: 'Writes a draft',
    body: 'Article',
    answers: [201, 'The draft', 'StoredArticle'],
    refuses: [...BODY, 'group.missing', 'post.invalid', 'slug.taken'],
  },
  'GET /api/admin/posts/{id}': {
    id: 'showArticle',
    summary: 'An article with its source',
    answers: ARTICLE,
    refuses: ['group.missing', 'post.not-found', 'query.invalid'],
  },
  'PUT /api/admin/posts/{id}': {
    id: 'reviseArticle',
    summary: 'A new revision; the slug stays as it is',
    body: 'Revision',
    answers: ARTICLE,
    refuses: [...BODY, 'group.missing', 'post.conflict', 'post.not-found', 'query.invalid'],
  },
  'PUT /api/admin/posts/{id}/publication': {
    id: 'publishArticle',
    summary: 'Publishes at once, or schedules for a date to come',
    body: 'Publication',
    answers: ARTICLE,
    refuses: [...BODY, 'group.missing', 'post.conflict', 'post.not-found', 'query.invalid'],
  },
  'DELETE /api/admin/posts/{id}/publication': {
    id: 'withdrawArticle',
    summary: 'Withdraws an article: its pages are gone',
    answers: ARTICLE,
    refuses: ['group.missing', 'post.conflict', 'post.not-found', 'query.invalid'],
  },
  'GET /api/posts/{slug}/report': {
    id: 'openReportForm',
    summary: 'A form that reports one comment to the moderators, for browsers without scripts',
    query: { comment: 'The reference of the comment', sent: 'Thanks in place of the form' },
    answers: [200, 'The form', 'page'],
    refuses: ['comment.not-found', 'post.not-found', 'query.invalid'],
  },
  'POST /api/posts/{slug}/report': {
    id: 'reportComment',
    summary: 'Reports a comment, once for each browser',
    body: 'Report',
    form: true,
    answers: [303, 'To the thanks', 'page'],
    refuses: [...BODY, 'comment.not-found', 'post.not-found', 'query.invalid', 'quota.address'],
  },
  'GET /api/admin/comments': {
    id: 'listHeld',
    summary: 'Comments of one status on all articles, newest first',
    query: {
      status: 'pending, spam, approved, rejected, removed, reported or any; pending if not given',
      post: 'The id of one article',
      q: 'Words that must all stand in the comment or its writer’s name',
      ...CURSOR,
    },
    answers: [200, 'A page of comments; a short one may have a next', 'HeldList'],
    refuses: ['group.missing', 'query.invalid'],
  },
  'GET /api/admin/queues': {
    id: 'countHeld',
    summary: 'How many comments wait in each queue',
    answers: [200, 'The counts; `most` stands for that many or more', 'Queues'],
    refuses: ['group.missing'],
  },
  'POST /api/admin/comments/moves': {
    id: 'moveComments',
    summary: 'One verdict on up to 100 comments, each as it was when it was read',
    body: 'Verdicts',
    answers: [200, 'What was done, and what was refused', 'Moved'],
    refuses: [...BODY, 'group.missing'],
  },
  'GET /api/admin/comments/{id}': {
    id: 'showHeld',
    summary: 'A comment with its source and what it answers',
    answers: [200, 'The comment', 'HeldInFull'],
    refuses: ['comment.not-found', 'group.missing', 'query.invalid'],
  },
  'PUT /api/admin/comments/{id}': {
    id: 'editComment',
    summary: 'Other words for a comment; what its writer sent is kept',
    body: 'Words',
    answers: [200, 'The comment as it is now', 'HeldInFull'],
    refuses: [
      ...BODY,
      'comment.conflict',
      'comment.empty',
      'comment.move',
      'comment.not-found',
      'comment.too-deep',
      'comment.too-long',
      'comment.too-long-html',
      'group.missing',
      'query.invalid',
    ],
  },
  'GET /api/admin/people/{person}': {
    id: 'showPerson',
    summary: 'What is known of somebody who comments',
    answers: [200, 'The person', 'Person'],
    refuses: ['group.missing', 'query.invalid'],
  },
  'PUT /api/admin/people/{person}': {
    id: 'notePerson',
    summary: 'Blocks a person or lets them be, with a note for the other moderators',
    body: 'Note',
    answers: [200, 'The person', 'Person'],
    refuses: [...BODY, 'group.missing', 'query.invalid'],
  },
  'GET /api/admin/people/{person}/comments': {
    id: 'listPersonsComments',
    summary: 'All that a person said, newest first',
    query: CURSOR,
    answers: [200, 'A page of comments', 'HeldList'],
    refuses: ['group.missing', 'query.invalid'],
  },
  'GET /api/admin/said': {
    id: 'listSaid',
    summary: 'What was said to the signed-in author, oldest first',
    query: { since: 'The moment they last looked; what the account remembers if not given', ...CURSOR },
    answers: [200, 'A page of comments; a short one may have a next', 'Said'],
    refuses: ['author.unknown', 'group.missing', 'query.invalid'],
  },
  'POST /api/admin/posts/{id}/comments': {
    id: 'answerAsAuthor',
    summary: 'The signed-in author’s own comment, published at once',
    body: 'AuthorsWords',
    answers: [201, 'It has its place', 'Answered'],
    refuses: [
      ...BODY,
      'author.unknown',
      'comment.empty',
      'comment.too-deep',
      'comment.too-long',
      'comment.too-long-html',
      'group.missing',
      'parent.unknown',
      'post.not-found',
      'query.invalid',
    ],
  },
};
