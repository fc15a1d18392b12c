import * as v from 'valibot';
import { RuleError } from '../domain/errors.ts';
import { readEnv } from '../env.ts';
import { type Call, param, type Reply } from '../http/call.ts';
import { requireGroup } from '../http/group.ts';
import { json } from '../http/reply.ts';
import { commentsOfPerson } from '../table/history.ts';
import { findPerson, notePerson } from '../table/people.ts';
import { openTable, type Table } from '../table/table.ts';
import { bare, decodePlace, encodePlace } from './cursor.ts';
import { asHeld, postsOnce } from './held.ts';

const PAGE = 20;
/** So many of the newest comments are counted. */
const COUNTED = 100;

export const note = v.strictObject({
  blocked: v.boolean(),
  note: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(1000, 'may have 1000 characters')), ''),
});

/** What is known of a person: who they are nobody here knows. */
export async function showPerson(call: Call): Promise<Reply> {
  requireGroup(call, 'moderator');
  return json(200, await known(openTable(readEnv().table), personOf(call)));
}

export async function setPerson(call: Call<v.InferOutput<typeof note>>): Promise<Reply> {
  requireGroup(call, 'moderator');
  const table = openTable(readEnv().table);
  const person = personOf(call);
  await notePerson(table, person, call.input);
  return json(200, await known(table, person));
}

/** What they said, newest first. */
export async function saidBy(call: Call): Promise<Reply> {
  requireGroup(call, 'moderator');
  const table = openTable(readEnv().table);
  const person = personOf(call);
  const cursor = call.queryStringParameters?.cursor;
  const { comments, next } = await commentsOfPerson(table, person, { limit: PAGE, after: placeOf(person, cursor) });
  const posts = postsOnce(table);
  return json(200, {
    comments: await Promise.all(comments.map((comment) => asHeld(comment, posts))),
    next: next ? encodePlace('byPerson', next) : null,
  });
}

async function known(table: Table, person: string) {
  const [item, { comments, next }] = await Promise.all([
    findPerson(table, person),
    commentsOfPerson(table, person, { limit: COUNTED }),
  ]);
  const counts: Record<string, number> = {};
  for (const { status } of comments) counts[status] = (counts[status] ?? 0) + 1;
  const names = [...new Set(comments.map(({ author }) => author.name))];
  return { person, ...item, names, counts, more: next !== undefined, first: comments.at(-1)?.created ?? null };
}

function personOf(call: Call): string {
  const person = param(call, 'person');
  if (/^[\w:-]{1,100}$/.test(person)) return person;
  throw new RuleError('query.invalid', { name: 'person', remedy: 'is not an id that was given here' });
}

function placeOf(person: string, cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const place = decodePlace('byPerson', cursor);
  if (place.partition === person) return bare(place);
  throw new RuleError('query.invalid', { name: 'cursor', remedy: 'belongs to another person' });
}
