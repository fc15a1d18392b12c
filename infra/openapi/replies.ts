import * as v from 'valibot';
import { RULES, rulesSchema } from '../../functions/domain/rules.ts';
import { PROBLEMS } from '../../functions/http/problems.ts';

/** What the API answers with, in JSON; the tests hold real answers to these. */

const date = v.pipe(v.string(), v.isoTimestamp());
const named = v.strictObject({ slug: v.string(), name: v.string() });
const cursor = v.pipe(
  v.nullable(v.string()),
  v.description('Sent as `cursor` it gives the next page; null on the last'),
);

const postEntries = {
  id: v.string(),
  slug: v.string(),
  url: v.pipe(v.string(), v.description('Its page, from the root of the site')),
  title: v.string(),
  excerpt: v.string(),
  author: named,
  category: v.nullable(named),
  tags: v.array(v.string()),
  date,
  updated: v.nullable(date),
  closed: v.pipe(v.boolean(), v.description('Whether it takes no more comments')),
};
const listedPost = v.strictObject(postEntries);

const ref = v.pipe(v.string(), v.regex(/^t?[1-9]\d*-[1-9]\d*$/));

const publicComment = v.strictObject({
  ref,
  url: v.pipe(v.string(), v.description('Its place on its page, from the root of the site')),
  parent: v.nullable(ref),
  author: v.strictObject({ name: v.string(), url: v.nullable(v.string()), host: v.boolean() }),
  date,
  html: v.string(),
});

const integer = v.pipe(v.number(), v.integer());
const by = v.pipe(
  v.nullable(v.strictObject({ account: v.string(), name: v.nullable(v.string()) })),
  v.description('The account and the author it writes as; null: the operator’s command'),
);
const rev = v.pipe(integer, v.description('Goes up with what the article says'));

const draftEntries = {
  id: v.string(),
  kind: v.pipe(v.picklist(['post', 'page']), v.description('A page stands on no list, and has no date')),
  slug: v.string(),
  formerly: v.pipe(v.array(v.string()), v.description('Slugs that lead here')),
  title: v.string(),
  excerpt: v.string(),
  author: named,
  category: v.nullable(named),
  tags: v.array(v.string()),
  status: v.picklist(['draft', 'scheduled', 'published', 'withdrawn']),
  date: v.nullable(date),
  updated: v.nullable(date),
  closed: v.boolean(),
  pins: v.array(ref),
  rev,
  ver: v.pipe(
    v.number(),
    v.integer(),
    v.description('Goes up with each change; a revision names the one it was made from'),
  ),
};

const source = v.pipe(v.string(), v.description('Markdown'));
const revisionEntries = {
  rev,
  title: v.string(),
  at: date,
  by,
  autosave: v.pipe(v.boolean(), v.description('Saved by the editor, without being asked')),
};
const links = v.array(v.strictObject({ label: v.string(), href: v.string() }));
const author = v.strictObject({ slug: v.string(), name: v.string(), bio: v.string(), links, ver: integer });
const category = v.strictObject({ slug: v.string(), name: v.string(), ver: integer });

const status = v.picklist(['pending', 'approved', 'spam', 'rejected', 'removed']);
const reports = v.strictObject({ n: v.number(), reasons: v.array(v.string()) });
const writer = v.strictObject({ name: v.string(), url: v.nullable(v.string()), host: v.boolean(), hue: v.number() });
const heldEntries = {
  id: v.string(),
  post: v.strictObject({ id: v.string(), slug: v.string(), title: v.string(), closed: v.boolean() }),
  ref: v.nullable(ref),
  pinned: v.boolean(),
  url: v.nullable(v.string()),
  to: v.nullable(ref),
  parent: v.pipe(
    v.nullable(v.strictObject({ author: writer, html: v.string() })),
    v.description('What it answers, if published'),
  ),
  author: writer,
  person: v.pipe(v.string(), v.description('Everything under one address is by one person')),
  html: v.string(),
  removed: v.array(v.string()),
  reason: v.nullable(v.string()),
  status,
  created: date,
  ver: v.number(),
  moves: v.array(v.strictObject({ to: status, by: v.string(), at: date, rule: v.nullable(v.string()) })),
  edited: v.nullable(v.strictObject({ by: v.string(), at: date })),
  reports: v.nullable(reports),
};
const verdict = v.strictObject({
  status: v.picklist(['approved', 'pending', 'spam']),
  reason: v.nullable(v.picklist(Object.keys(RULES))),
});
const heldComment = v.strictObject(heldEntries);

const feedAuthors = v.array(v.strictObject({ name: v.string(), url: v.optional(v.string()) }));
const jsonFeed = v.strictObject({
  version: v.literal('https://jsonfeed.org/version/1.1'),
  title: v.string(),
  language: v.string(),
  home_page_url: v.string(),
  feed_url: v.string(),
  authors: feedAuthors,
  items: v.array(
    v.strictObject({
      id: v.string(),
      url: v.string(),
      title: v.string(),
      authors: feedAuthors,
      content_html: v.string(),
      date_published: date,
      date_modified: date,
    }),
  ),
});

export const replies = {
  JsonFeed: jsonFeed,
  CommentPreview: v.strictObject({ html: v.string(), removed: v.array(v.string()) }),
  PostList: v.strictObject({ posts: v.array(listedPost), next: cursor }),
  Post: v.strictObject({
    ...postEntries,
    html: v.string(),
    comments: v.pipe(v.number(), v.integer(), v.description('How many comments are published')),
  }),
  CommentList: v.strictObject({ comments: v.array(publicComment), next: cursor }),
  Receipt: v.strictObject({
    id: v.pipe(v.nullable(v.string()), v.description('Null where it is not this browser’s: it was received, no more')),
    status: v.picklist(['pending', 'approved', 'spam', 'rejected', 'removed', 'received']),
    html: v.pipe(v.string(), v.description('The comment as it appears, or will')),
    removed: v.pipe(v.array(v.string()), v.description('The markup that was taken away')),
    reason: v.pipe(v.nullable(v.string()), v.description('The rule that held it')),
    ref: v.nullable(ref),
    url: v.nullable(v.string()),
  }),
  Challenge: v.strictObject({
    algorithm: v.literal('SHA-256'),
    challenge: v.pipe(v.string(), v.description('The hash of the salt and the number that is looked for, in hex')),
    maxnumber: v.number(),
    salt: v.string(),
    signature: v.string(),
    minutes: v.pipe(v.number(), v.description('So long it may be answered')),
    seconds: v.pipe(v.number(), v.description('What is answered sooner is held')),
  }),
  Rules: v.strictObject({
    rules: rulesSchema,
    ver: v.number(),
    by: v.nullable(v.string()),
    at: v.nullable(date),
  }),
  RulesTrial: v.strictObject({
    looked: v.pipe(v.number(), v.description('How many comments of this page were looked at')),
    differs: v.array(v.strictObject({ comment: heldComment, is: verdict, would: verdict })),
    next: cursor,
  }),
  StoredComment: v.strictObject({
    id: v.string(),
    article: v.strictObject({ title: v.string(), url: v.string() }),
    url: v.nullable(v.string()),
    answers: v.nullable(ref),
    name: v.string(),
    website: v.nullable(v.string()),
    person: v.pipe(v.string(), v.description('Stands for whoever wrote it, found by a code of their address')),
    written: date,
    words: v.pipe(v.string(), v.description('As they were typed')),
    shown: v.pipe(v.string(), v.description('As HTML')),
    takenAway: v.array(v.string()),
    status: v.picklist(['pending', 'approved', 'spam', 'rejected', 'removed']),
    reason: v.nullable(v.string()),
    known: v.pipe(v.array(v.string()), v.description('What the rules went by')),
    edited: v.nullable(date),
    thanks: v.pipe(v.number(), v.description('How many readers thanked for it')),
    history: v.array(v.strictObject({ became: v.string(), at: date, rule: v.nullable(v.string()) })),
    kept: v.array(v.strictObject({ what: v.string(), until: v.string() })),
  }),
  ArticleList: v.strictObject({ posts: v.array(v.strictObject(draftEntries)), next: cursor }),
  StoredArticle: v.strictObject({
    ...draftEntries,
    ownExcerpt: v.pipe(v.boolean(), v.description('Whether somebody wrote the excerpt; else it is made from the text')),
    source,
  }),
  RevisionList: v.strictObject({ revisions: v.array(v.strictObject(revisionEntries)), next: cursor }),
  StoredRevision: v.strictObject({
    ...revisionEntries,
    excerpt: v.string(),
    author: named,
    category: v.nullable(named),
    tags: v.array(v.string()),
    source,
  }),
  ConversationState: v.strictObject({ id: v.string(), closed: v.boolean(), pins: v.array(ref), ver: integer }),
  SlugState: v.strictObject({
    slug: v.pipe(v.string(), v.description('What was asked for, as an address')),
    state: v.picklist(['free', 'own', 'taken', 'reserved', 'invalid']),
    suggestion: v.pipe(v.nullable(v.string()), v.description('A free one, where this is not')),
    named: v.pipe(v.string(), v.description('Where an author or a category of this name lies')),
  }),
  Preview: v.strictObject({ html: v.pipe(v.string(), v.description('A whole document')) }),
  UploadForm: v.strictObject({
    id: v.string(),
    url: v.pipe(v.string(), v.description('Where the form is POSTed to, as multipart/form-data')),
    fields: v.pipe(v.record(v.string(), v.string()), v.description('To be sent before the file, which comes last')),
  }),
  Image: v.strictObject({
    id: v.string(),
    state: v.picklist(['waiting', 'ready', 'refused']),
    reason: v.pipe(v.nullable(v.string()), v.description('Why it was refused, in words')),
    width: v.nullable(integer),
    height: v.nullable(integer),
    alt: v.string(),
    markdown: v.pipe(v.nullable(v.string()), v.description('What to put into the article, once it is ready')),
  }),
  Site: v.strictObject({
    title: v.string(),
    tagline: v.string(),
    language: v.string(),
    owner: v.string(),
    bio: v.string(),
    links,
    menu: links,
    footer: links,
    address: v.pipe(v.nullable(v.string()), v.description('Set by whoever runs the site')),
    ver: integer,
  }),
  AuthorList: v.strictObject({ authors: v.array(author), next: cursor }),
  Author: author,
  CategoryList: v.strictObject({ categories: v.array(category), next: cursor }),
  Category: category,
  Account: v.strictObject({ account: v.string(), author: v.nullable(named), seen: v.nullable(date) }),
  HeldList: v.strictObject({
    comments: v.array(heldComment),
    next: cursor,
    back: v.pipe(v.nullable(date), v.description('How far back it looked; null when nothing older is left')),
  }),
  Queues: v.strictObject({ pending: v.number(), spam: v.number(), reported: v.number(), most: v.number() }),
  HeldInFull: v.strictObject({
    ...heldEntries,
    source: v.string(),
    original: v.pipe(v.nullable(v.string()), v.description('What its writer sent, where somebody changed it')),
  }),
  Moved: v.strictObject({
    moved: v.array(v.strictObject({ id: v.string(), status, ver: v.number() })),
    refused: v.array(v.strictObject({ id: v.string(), code: v.string(), detail: v.string() })),
  }),
  Person: v.strictObject({
    person: v.string(),
    blocked: v.boolean(),
    note: v.string(),
    names: v.array(v.string()),
    counts: v.pipe(v.record(v.string(), v.number()), v.description('By status, of the newest 50 comments')),
    more: v.boolean(),
    first: v.nullable(date),
  }),
  Said: v.strictObject({ author: named, comments: v.array(heldComment), since: date, now: date, next: cursor }),
  Answered: v.strictObject({
    id: v.string(),
    ref,
    url: v.string(),
    html: v.string(),
    removed: v.array(v.string()),
  }),
  Problem: v.strictObject({
    type: v.literal('about:blank'),
    title: v.string(),
    status: v.pipe(v.number(), v.integer()),
    detail: v.string(),
    code: v.picklist(Object.keys(PROBLEMS)),
    fields: v.pipe(v.record(v.string(), v.string()), v.description('What is wrong with which field')),
    current: v.pipe(
      v.optional(v.looseObject({ ver: integer, rev: v.optional(integer) })),
      v.description(
        'With a conflict: what is there now. With post.conflict, the same rev says the same words, under another ver',
      ),
    ),
  }),
};

export type ReplyName = keyof typeof replies;
