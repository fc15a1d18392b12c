import { article, revision } from '../../functions/authoring/article.ts';
import { conversation } from '../../functions/authoring/conversation.ts';
import { publication } from '../../functions/authoring/publication.ts';
import { rename } from '../../functions/authoring/slug.ts';
import { draft } from '../../functions/comments/preview.ts';
import { rewording } from '../../functions/comments/reword.ts';
import { submission } from '../../functions/comments/submission.ts';
import type { ErrorCode } from '../../functions/domain/errors.ts';
import { erasing } from '../../functions/me/erasure.ts';
import { request as linkRequest, nothing } from '../../functions/me/link.ts';
import { wish } from '../../functions/me/mail.ts';
import { words } from '../../functions/moderation/edit.ts';
import { verdicts } from '../../functions/moderation/moves.ts';
import { note } from '../../functions/moderation/people.ts';
import { authorsWords } from '../../functions/moderation/reply.ts';
import { change as rulesChange, trial } from '../../functions/moderation/rules.ts';
import { unfinished } from '../../functions/preview/words.ts';
import { erasing as button } from '../../functions/receipts/erase.ts';
import { complaint } from '../../functions/receipts/report.ts';
import { accountWords, authorWords, categoryWords, siteWords } from '../../functions/site/words.ts';
import { upload } from '../../functions/uploads/upload.ts';
import type { ReplyName } from './replies.ts';

/** What the handlers check their bodies against. */
export const bodies = {
  Submission: submission,
  Draft: draft,
  RulesChange: rulesChange,
  RulesTrial: trial,
  Rewording: rewording,
  Erasing: button,
  Article: article,
  Revision: revision,
  Publication: publication,
  Report: complaint,
  Verdicts: verdicts,
  Words: words,
  Note: note,
  AuthorsWords: authorsWords,
  LinkRequest: linkRequest,
  Nothing: nothing,
  Erasure: erasing,
  Wish: wish,
  Rename: rename,
  Conversation: conversation,
  Unfinished: unfinished,
  Upload: upload,
  SiteWords: siteWords,
  AuthorWords: authorWords,
  CategoryWords: categoryWords,
  AccountWords: accountWords,
};

export interface Operation {
  id: string;
  summary: string;
  /** Parameters of the query, with what they do. */
  query?: Readonly<Record<string, string>>;
  body?: keyof typeof bodies;
  /** Takes the body as a form as well, and answers a form with a page. */
  form?: true;
  /** What it answers with when all is well: JSON of this shape, a page, an Atom feed, or nothing. */
  answers: readonly [status: number, what: string, reply?: ReplyName | 'page' | 'atom'];
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
  'GET /api/posts/{slug}/challenge': {
    id: 'getChallenge',
    summary: 'Work for a script that will comment on this article, to be answered with the comment',
    answers: [200, 'The challenge', 'Challenge'],
    refuses: ['proof.off', 'query.invalid'],
  },
  'POST /api/posts/{slug}/preview': {
    id: 'previewComment',
    summary: 'How a comment will appear, and what will be taken away. Nothing is kept',
    body: 'Draft',
    answers: [200, 'The text as it will appear', 'CommentPreview'],
    refuses: [...BODY, 'comment.empty', 'comment.too-deep', 'comment.too-long', 'comment.too-long-html'],
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
  'GET /api/me': {
    id: 'showMe',
    summary: 'What is stored about whoever spent a mailed link; for everybody else, where to ask for one',
    query: { asked: 'A link was asked for', after: 'Where the comments go on', done: 'What was done before' },
    answers: [200, 'The page', 'page'],
    refuses: ['query.invalid'],
  },
  'POST /api/me/links': {
    id: 'askForLink',
    summary: 'Mails a link to an address, if somebody wrote under it; the answer does not say so',
    body: 'LinkRequest',
    form: true,
    answers: [303, 'To what to do next', 'page'],
    refuses: [...BODY, 'mail.off', 'quota.address'],
  },
  'GET /api/me/links/{token}': {
    id: 'openLink',
    summary: 'A button that spends a mailed link: following it spends nothing',
    answers: [200, 'The button, for any token', 'page'],
    refuses: ['query.invalid'],
  },
  'POST /api/me/links/{token}': {
    id: 'spendLink',
    summary: 'Spends a mailed link, once, for half an hour with the cookie `stoa_me`',
    body: 'Nothing',
    form: true,
    answers: [303, 'To what is stored', 'page'],
    refuses: [...BODY, 'link.spent', 'query.invalid'],
  },
  'GET /api/me/export': {
    id: 'exportMine',
    summary: 'Everything stored about whoever spent a mailed link, as a file',
    query: { as: '`json` for programs; else a page that can be read by itself' },
    answers: [200, 'The file', 'page'],
    refuses: ['session.over'],
  },
  'POST /api/me/erasure': {
    id: 'eraseMine',
    summary: 'Erases one comment, or everything',
    body: 'Erasure',
    form: true,
    answers: [303, 'To what is left', 'page'],
    refuses: [...BODY, 'comment.conflict', 'comment.not-found', 'session.over'],
  },
  'POST /api/me/browsers': {
    id: 'knowBrowser',
    summary: 'Makes this browser one in which the person is known, if one of their comments was approved',
    body: 'Nothing',
    form: true,
    answers: [303, 'To what became of it', 'page'],
    refuses: [...BODY, 'session.over'],
  },
  'POST /api/me/mail': {
    id: 'setMail',
    summary:
      'Confirms the address for mails, or stops them and erases it; chooses when they come, or stops those about one comment',
    body: 'Wish',
    form: true,
    answers: [303, 'To what is stored', 'page'],
    refuses: [...BODY, 'session.over'],
  },
  'POST /api/me/end': {
    id: 'leaveMe',
    summary: 'Ends the half hour',
    body: 'Nothing',
    form: true,
    answers: [303, 'To the front page', 'page'],
    refuses: BODY,
  },
  'GET /api/mail/confirmation/{token}': {
    id: 'openConfirmation',
    summary: 'A button that confirms an address for mails',
    answers: [200, 'The button, for any token', 'page'],
    refuses: ['query.invalid'],
  },
  'POST /api/mail/confirmation/{token}': {
    id: 'confirmMail',
    summary: 'Confirms an address for mails, once',
    body: 'Nothing',
    form: true,
    answers: [200, 'Thanks', 'page'],
    refuses: [...BODY, 'link.spent', 'query.invalid'],
  },
  'GET /api/mail/stop/{token}': {
    id: 'openStop',
    summary: 'A button that stops all mails to an address',
    answers: [200, 'The button', 'page'],
    refuses: ['link.spent', 'query.invalid'],
  },
  'POST /api/mail/stop/{token}': {
    id: 'stopMail',
    summary: 'Stops all mails to an address and erases it; with any body, from anywhere (RFC 8058)',
    answers: [200, 'It is done', 'page'],
    refuses: ['body.too-large', 'link.spent', 'query.invalid'],
  },
  'GET /api/comments/{id}/data': {
    id: 'exportComment',
    summary: 'All that is stored about a comment, as a file, for the browser that sent it',
    answers: [200, 'The comment, and until when what of it is kept', 'StoredComment'],
    refuses: ['comment.not-found', 'query.invalid'],
  },
  'POST /api/comments/{id}/words': {
    id: 'rewordComment',
    summary: 'Other words for a comment, from the browser that sent it, for some minutes; judged again',
    body: 'Rewording',
    form: true,
    answers: [200, 'The comment as it is now', 'Receipt'],
    refuses: [
      ...BODY,
      'comment.conflict',
      'comment.empty',
      'comment.fixed',
      'comment.not-found',
      'comment.too-deep',
      'comment.too-long',
      'comment.too-long-html',
      'query.invalid',
      'quota.address',
    ],
  },
  'POST /api/comments/{id}/erasure': {
    id: 'eraseComment',
    summary:
      'Erases a comment for good, from the browser that sent it. Where others had answered, a line without words stays',
    body: 'Erasing',
    form: true,
    answers: [204, 'It is erased'],
    refuses: [...BODY, 'comment.conflict', 'comment.not-found', 'query.invalid'],
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
  'GET /api/posts/{slug}/feed.xml': {
    id: 'followConversation',
    summary: 'The newest comments of an article, as Atom (RFC 4287)',
    answers: [200, 'The feed', 'atom'],
    etag: true,
    refuses: ['post.not-found', 'query.invalid'],
  },
  'GET /api/posts/{slug}/feed.json': {
    id: 'followConversationAsJson',
    summary: 'The newest comments of an article, as JSON Feed 1.1',
    answers: [200, 'The feed', 'JsonFeed'],
    etag: true,
    refuses: ['post.not-found', 'query.invalid'],
  },
  'GET /api/admin/posts': {
    id: 'listArticles',
    summary: 'Articles of one status, newest first',
    query: {
      status: 'draft, scheduled, published, withdrawn, or any: these one after the other; published if not given',
      kind: 'post or page; post if not given',
      q: 'Words that must all stand in the title, the slug, the category, the tags or the author’s name',
      ...CURSOR,
    },
    answers: [200, 'A page of articles; one may be short, or empty, and have a next', 'ArticleList'],
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
    summary: 'A new revision; the slug stays as it is. The content of an old one sent again restores it',
    body: 'Revision',
    answers: ARTICLE,
    refuses: [...BODY, 'group.missing', 'post.conflict', 'post.invalid', 'post.not-found', 'query.invalid'],
  },
  'GET /api/admin/posts/{id}/revisions': {
    id: 'listRevisions',
    summary: 'What an article said before, newest first, without the words',
    query: CURSOR,
    answers: [200, 'A page of revisions', 'RevisionList'],
    refuses: ['group.missing', 'post.not-found', 'query.invalid'],
  },
  'GET /api/admin/posts/{id}/revisions/{rev}': {
    id: 'showRevision',
    summary: 'What an article said, by the revision’s number',
    answers: [200, 'The revision', 'StoredRevision'],
    refuses: ['group.missing', 'post.not-found', 'query.invalid', 'revision.not-found'],
  },
  'PUT /api/admin/posts/{id}/slug': {
    id: 'renameArticle',
    summary: 'Another address; from the one that readers had, they are led to it for ever',
    body: 'Rename',
    answers: ARTICLE,
    refuses: [
      ...BODY,
      'group.missing',
      'post.conflict',
      'post.invalid',
      'post.not-found',
      'query.invalid',
      'slug.taken',
    ],
  },
  'PUT /api/admin/posts/{id}/conversation': {
    id: 'closeConversation',
    summary: 'Ends a conversation, or opens it again; for moderators',
    body: 'Conversation',
    answers: [200, 'The conversation as it is now', 'ConversationState'],
    refuses: [...BODY, 'group.missing', 'post.conflict', 'post.not-found', 'query.invalid'],
  },
  'PUT /api/admin/posts/{id}/pins/{ref}': {
    id: 'pinComment',
    summary: 'Pins a published comment to the top of its conversation; for moderators',
    answers: [200, 'The conversation as it is now', 'ConversationState'],
    refuses: ['comment.not-found', 'group.missing', 'pins.full', 'post.conflict', 'post.not-found', 'query.invalid'],
  },
  'DELETE /api/admin/posts/{id}/pins/{ref}': {
    id: 'unpinComment',
    summary: 'Lets a pinned comment go',
    answers: [200, 'The conversation as it is now', 'ConversationState'],
    refuses: ['group.missing', 'post.conflict', 'post.not-found', 'query.invalid'],
  },
  'GET /api/admin/slugs': {
    id: 'checkSlug',
    summary: 'Whether an address is free, while it is being typed',
    query: { wanted: 'A slug, or a title to make one of', post: 'The id of the article that wants it' },
    answers: [200, 'The slug and its state', 'SlugState'],
    refuses: ['group.missing', 'query.invalid'],
  },
  'POST /api/admin/previews': {
    id: 'previewArticle',
    summary:
      'The page that an article as it stands in the editor would have, with the site’s words and its author’s card as they are sent; nothing is stored',
    body: 'Unfinished',
    answers: [200, 'The page', 'Preview'],
    refuses: [...BODY, 'group.missing'],
  },
  'POST /api/admin/images': {
    id: 'announceImage',
    summary:
      'A form that takes one picture: its fields, then the file as `file`, are POSTed to its address as multipart/form-data',
    body: 'Upload',
    answers: [201, 'The form, good for ten minutes', 'UploadForm'],
    refuses: [...BODY, 'group.missing', 'image.many'],
  },
  'GET /api/admin/images/{id}': {
    id: 'showImage',
    summary: 'What became of a picture; asked again until it waits no longer',
    answers: [200, 'The picture', 'Image'],
    refuses: ['group.missing', 'image.not-found', 'query.invalid'],
  },
  'GET /api/admin/site': {
    id: 'showSite',
    summary: 'The site’s name, its owner’s card and its menus',
    answers: [200, 'The site', 'Site'],
    refuses: ['group.missing'],
  },
  'PUT /api/admin/site': {
    id: 'changeSite',
    summary: 'Another name, card or menu; every page has it within a minute or two',
    body: 'SiteWords',
    answers: [200, 'The site as it is now', 'Site'],
    refuses: [...BODY, 'group.missing', 'site.conflict'],
  },
  'GET /api/admin/authors': {
    id: 'listAuthors',
    summary: 'The people who write here, by slug',
    query: { ...CURSOR, name: 'Only whoever is, or was, called so' },
    answers: [200, 'A page of authors', 'AuthorList'],
    refuses: ['group.missing', 'query.invalid'],
  },
  'PUT /api/admin/authors/{author}': {
    id: 'describeAuthor',
    summary: 'An author’s name and card; a new one where the slug is not known',
    body: 'AuthorWords',
    answers: [200, 'The author', 'Author'],
    refuses: [...BODY, 'group.missing', 'post.invalid', 'query.invalid', 'site.conflict'],
  },
  'GET /api/admin/categories': {
    id: 'listCategories',
    summary: 'What articles are filed under, by slug',
    query: CURSOR,
    answers: [200, 'A page of categories', 'CategoryList'],
    refuses: ['group.missing', 'query.invalid'],
  },
  'PUT /api/admin/categories/{category}': {
    id: 'nameCategory',
    summary: 'A category’s name; a new one where the slug is not known',
    body: 'CategoryWords',
    answers: [200, 'The category', 'Category'],
    refuses: [...BODY, 'group.missing', 'post.invalid', 'query.invalid', 'site.conflict'],
  },
  'GET /api/admin/account': {
    id: 'showAccount',
    summary: 'Who the signed-in account writes as',
    answers: [200, 'The account', 'Account'],
    refuses: ['group.missing'],
  },
  'PUT /api/admin/account': {
    id: 'changeAccount',
    summary: 'Chooses the author to write as, or notes up to when what was said was seen; what is left out stays',
    body: 'AccountWords',
    answers: [200, 'The account as it is now', 'Account'],
    refuses: [...BODY, 'author.unknown', 'group.missing'],
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
    summary: 'A form that thanks the writer of a comment or reports it to the moderators, without a script',
    query: {
      comment: 'The reference of the comment',
      sent: 'A word about what was sent (`thanks`, or a report) in place of the form, which then needs no comment',
    },
    answers: [200, 'The form', 'page'],
    refuses: ['comment.not-found', 'post.not-found', 'query.invalid'],
  },
  'POST /api/posts/{slug}/report': {
    id: 'reportComment',
    summary: 'Reports a comment or thanks its writer, each once from each address',
    body: 'Report',
    form: true,
    answers: [303, 'To a word about it', 'page'],
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
  'GET /api/admin/rules': {
    id: 'showRules',
    summary: 'The rules in force; addresses are shown as the hashes that are kept of them',
    answers: [200, 'The rules', 'Rules'],
    refuses: ['group.missing'],
  },
  'PUT /api/admin/rules': {
    id: 'changeRules',
    summary: 'Other rules, for what is sent from now on',
    body: 'RulesChange',
    answers: [200, 'The rules', 'Rules'],
    refuses: [...BODY, 'group.missing', 'rules.conflict'],
  },
  'POST /api/admin/rules/trial': {
    id: 'tryRules',
    summary: 'What other rules would have said of the last 90 days; changes nothing',
    body: 'RulesTrial',
    answers: [200, 'A page of comments that they would have treated otherwise', 'RulesTrial'],
    refuses: [...BODY, 'group.missing', 'query.invalid'],
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
