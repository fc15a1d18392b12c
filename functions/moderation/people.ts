import * as v from 'valibot';
import { RuleError } from '../domain/errors.ts';
import { readEnv } from '../env.ts';
import { type Call, param, type Reply } from '../http/call.ts';
import { requireGroup } from '../http/group.ts';
import { json } from '../http/reply.ts';
import { commentsOfPerson } from '../table/history.ts';
import { findPerson, notePerson } from '../table/people.ts';
import { openTable, type Table } from '../table/table.ts';
import { bare, decodePlace, encodePlace, reachedBy } from './cursor.ts';
import { holder } from './held.ts';

const PAGE = 20;
/** So many of the newest comments are counted. */
const COUNTED = 50;

export const note = v.pipe(
  v.strictObject({
    blocked: v.optional(v.boolean('must be true or false')),
    note: v.optional(v.pipe(v.string('must be text'), v.trim(), v.maxLength(1000, 'may have 1000 characters'))),
  }),
  v.check(({ blocked, note }) => blocked !== undefined || note !== undefined, 'must have blocked, note or both'),
);

/** What is known of a person: who they are nobody here knows. */
export async function showPerson(call: Call): Promise<Reply> {
  requireGroup(call, 'moderator');
  return json(200, await known(openTable(readEnv().table), personOf(call)));
}

/** What is not given stays as it is. */
export async function setPerson(call: Call<v.InferOutput<typeof note>>): Promise<Reply> {
  requireGroup(call, 'moderator');
  const table = openTable(readEnv().table);
  const person = personOf(call);
  const { blocked, note } = call.input;
  await notePerson(table, person, {
    ...(blocked === undefined ? {} : { blocked }),
    ...(note === undefined ? {} : { note }),
  });
  return json(200, await known(table, person));
}

/** What they said, newest first. */
export async function saidBy(call: Call): Promise<Reply> {
  requireGroup(call, 'moderator');
  const table = openTable(readEnv().table);
  const person = personOf(call);
  const cursor = call.queryStringParameters?.cursor;
  const asHeld = holder(table);
  const { comments, next } = await commentsOfPerson(table, person, { limit: PAGE, after: placeOf(person, cursor) });
  return json(200, {
    comments: await Promise.all(comments.map((comment) => asHeld(comment))),
    next: next ? encodePlace('byPerson', next) : null,
    back: next ? reachedBy('byPerson', next) : null,
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
