import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seatKey } from '../../functions/table/keys.ts';
import { publishedPost } from '../support/content.ts';
import { mailsOf } from '../support/mails.ts';
import { bodyOf, cookiesOf, FORM, filled, formBody, openStack, SAME_ORIGIN, type Stack } from '../support/stack.ts';

const MODERATOR = 'ada@example.org';

let stack: Stack;
beforeAll(async () => {
  stack = await openStack({ mail: { from: 'stoa@blog.example', moderators: [MODERATOR] } });
});
afterAll(() => stack[Symbol.asyncDispose]());

/** What moderators were mailed about comments on one article, the first mail left out: that one was about a stranger's. */
async function furtherMails(title: string): Promise<string[]> {
  const mails = await mailsOf(stack, MODERATOR);
  return mails
    .filter(({ subject }) => subject === `A comment waits on “${title}”`)
    .slice(1)
    .map(({ text }) => text);
}

/** A comment that a moderator let in, and the cookie of who wrote it. */
async function published(title: string) {
  const post = await publishedPost(stack.table, title.toLowerCase(), { title });
  const written = await stack.json(post.slug, filled({ email: `${post.slug}@example.org` }));
  const { id } = bodyOf(written);
  await stack.drain();
  await stack.moderate(id, 'approved');
  await stack.drain();
  const { ref } = bodyOf(await stack.send(`/api/posts/${post.slug}/comments`)).comments[0];
  return { post, id, ref, writer: cookiesOf(written) };
}

const report = (slug: string, comment: string, from: string) =>
  stack.send(`/api/posts/${slug}/report`, {
    method: 'POST',
    from,
    headers: { ...FORM, ...SAME_ORIGIN },
    body: formBody({ comment, reason: '' }),
  });

test('a moderator hears once of a comment that readers took from its page, however often the stream says so', async () => {
  const { post, ref } = await published('Reported');
  const key = seatKey(post.id, ref);
  const old = (await stack.stored())[`${key.pk} ${key.sk}`] as object;

  for (const n of [1, 2, 3, 4]) await report(post.slug, ref, `127.0.6.${n}`);
  const [mail, ...more] = await furtherMails('Reported');

  expect(mail).toContain('The rule that held it: reported.');
  expect(more).toEqual([]);
  const dynamodb = {
    Keys: marshall(key),
    OldImage: marshall(old),
    NewImage: marshall((await stack.stored())[`${key.pk} ${key.sk}`]),
  };
  await stack.server.platform.run('slowLane', { Records: [{ eventName: 'MODIFY', dynamodb }] });
  expect(await furtherMails('Reported')).toHaveLength(1);
});

test('and of one that its writer changed into something that the rules hold', async () => {
  const { id, writer } = await published('Reworded');

  await stack.send(`/api/comments/${id}/words`, {
    method: 'POST',
    headers: { ...FORM, ...SAME_ORIGIN, ...writer },
    body: formBody({ body: 'https://a.example/ https://b.example/ https://c.example/' }),
  });

  expect(await furtherMails('Reworded')).toEqual([expect.stringContaining('The rule that held it: links.some.')]);
});

test('not of one that a moderator took back', async () => {
  const { id } = await published('Undone');

  await stack.moderate(id, 'pending');

  expect(await furtherMails('Undone')).toEqual([]);
});
