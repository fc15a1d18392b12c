import * as v from 'valibot';
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

const draftEntries = {
  id: v.string(),
  slug: v.string(),
  title: v.string(),
  excerpt: v.string(),
  author: named,
  category: v.nullable(named),
  tags: v.array(v.string()),
  status: v.picklist(['draft', 'scheduled', 'published', 'withdrawn']),
  date: v.nullable(date),
  updated: v.nullable(date),
  closed: v.boolean(),
  ver: v.pipe(
    v.number(),
    v.integer(),
    v.description('Goes up with each change; a revision names the one it was made from'),
  ),
};

export const replies = {
  PostList: v.strictObject({ posts: v.array(listedPost), next: cursor }),
  Post: v.strictObject({
    ...postEntries,
    html: v.string(),
    comments: v.pipe(v.number(), v.integer(), v.description('How many comments are published')),
  }),
  CommentList: v.strictObject({ comments: v.array(publicComment), next: cursor }),
  Receipt: v.strictObject({
    id: v.string(),
    status: v.picklist(['pending', 'approved', 'spam', 'rejected', 'removed']),
    html: v.pipe(v.string(), v.description('The comment as it appears, or will')),
    removed: v.pipe(v.array(v.string()), v.description('The markup that was taken away')),
    reason: v.pipe(v.nullable(v.string()), v.description('The rule that held it')),
    ref: v.nullable(ref),
    url: v.nullable(v.string()),
  }),
  ArticleList: v.strictObject({ posts: v.array(v.strictObject(draftEntries)), next: cursor }),
  StoredArticle: v.strictObject({ ...draftEntries, source: v.pipe(v.string(), v.description('Markdown')) }),
  Problem: v.strictObject({
    type: v.literal('about:blank'),
    title: v.string(),
    status: v.pipe(v.number(), v.integer()),
    detail: v.string(),
    code: v.picklist(Object.keys(PROBLEMS)),
    fields: v.pipe(v.record(v.string(), v.string()), v.description('What is wrong with which field')),
  }),
};

export type ReplyName = keyof typeof replies;
