import { renderDoor, renderMe } from '../../web/pages/render.ts';
import { RuleError } from '../domain/errors.ts';
import { readEnv } from '../env.ts';
import type { Call, Reply } from '../http/call.ts';
import { html } from '../http/reply.ts';
import { bare, decodePlace, encodePlace } from '../moderation/cursor.ts';
import { siteInForce } from '../site-in-force.ts';
import { commentsOfPerson } from '../table/history.ts';
import { openTable } from '../table/table.ts';
import { sessionOf } from './session.ts';
import { aboutPerson, followed, withPosts } from './stored.ts';

const PAGE = 20;

/** All that is stored about whoever spent a mailed link, a page of comments at a time; for everybody else a place to ask for one. */
export async function me(call: Call): Promise<Reply> {
  const { table: name, settings } = readEnv();
  const table = openTable(name);
  const site = await siteInForce(table);
  const { asked, done, after } = call.queryStringParameters ?? {};
  const session = await sessionOf(table, call);
  if (!session) return html(200, renderDoor({ site, mails: Boolean(settings.mail), asked: asked !== undefined }));

  const page = { limit: PAGE, after: after === undefined ? undefined : placeOf(session.person, after) };
  const [about, { comments, next }] = await Promise.all([
    aboutPerson(table, session),
    commentsOfPerson(table, session.person, page),
  ]);
  return html(
    200,
    renderMe({
      site,
      ...about,
      follows: await followed(table, session),
      comments: await withPosts(table, comments),
      older: next ? `/api/me?after=${encodePlace('byPerson', next)}` : null,
      done: DONE.find((word) => word === done) ?? null,
    }),
  );
}

const DONE = [
  'erased',
  'all-erased',
  'more',
  'known',
  'unknown',
  'stopped',
  'confirmed',
  'unfollowed',
  'at-once',
  'daily',
] as const;
export type Done = (typeof DONE)[number];

/** Throws RuleError 'query.invalid' for a place among somebody else's comments. */
function placeOf(person: string, cursor: string) {
  const place = decodePlace('byPerson', cursor);
  if (place.partition !== person) {
    throw new RuleError('query.invalid', { name: 'after', remedy: 'is not one that was given here' });
  }
  return bare(place);
}
