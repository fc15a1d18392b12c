import { RuleError } from '../../domain/errors.ts';
import { BY_RULES } from '../../domain/moderation.ts';
import { OPINION, OPINION_SPAM } from '../../domain/opinion.ts';
import { permalink } from '../../domain/thread.ts';
import { readEnv } from '../../env.ts';
import type { Call } from '../../http/call.ts';
import { senderOf } from '../../http/viewer.ts';
import { readKeys } from '../../keys.ts';
import { log } from '../../log.ts';
import type { Found } from '../../table/comment-items.ts';
import { move } from '../../table/moves.ts';
import type { PostItem } from '../../table/posts.ts';
import type { Table } from '../../table/table.ts';
import { askAkismet } from './akismet.ts';
import { opinionOf } from './ask.ts';
import type { Ask, Question } from './question.ts';
import { askWebhook } from './webhook.ts';

/**
 * Asks the service of the settings about a comment that is kept and waits: spam is filed as such, and what waited for nothing
 * but this is seated. What is not answered goes on waiting, for a person; so does what somebody changed or moved meanwhile.
 */
export async function hearSecondOpinion(table: Table, call: Call, post: PostItem, comment: Found): Promise<Found> {
  const { settings } = readEnv();
  if (!settings.opinion || comment.status !== 'pending') return comment;
  const opinion = await opinionOf(askAbout(call, post, comment), settings.opinion.seconds);
  const verdict = opinion === 'spam' ? SPAM : opinion === 'ham' && waitsForThisAlone(comment) ? HAM : null;
  if (!verdict) return comment;
  try {
    const at = new Date().toISOString();
    const { status, ver } = comment;
    const { refusedDays } = settings.limits;
    const moved = await move(
      table,
      comment.id,
      { ...verdict, by: BY_RULES, at },
      { seen: { status, ver }, refusedDays },
    );
    return moved ?? comment;
  } catch (cause) {
    // Decided or changed in between: that stands.
    if (!(cause instanceof RuleError)) log.error('no second opinion', {}, cause);
    return comment;
  }
}

const SPAM = { to: 'spam', rule: OPINION_SPAM } as const;
const HAM = { to: 'approved', rule: OPINION } as const;

/** Not what readers reported since, nor what other words gave the rules another reason for. */
const waitsForThisAlone = ({ reason, moves }: Found) => reason === OPINION && moves.at(-1)?.rule === OPINION;

function askAbout(call: Call, post: PostItem, comment: Found): Ask {
  const { settings, url: site } = readEnv();
  const { opinionKey } = readKeys();
  const { id, to, author, source, html, created } = comment;
  const question: Question = {
    id,
    article: { title: post.title, url: site + (to ? permalink(post.slug, to) : `/${post.slug}/`) },
    answers: to,
    name: author.name,
    website: author.url,
    words: source,
    html,
    written: created,
  };
  const { service, url } = settings.opinion ?? {};
  return service === 'webhook' && url
    ? askWebhook(opinionKey, question, { url, now: new Date() })
    : askAkismet(opinionKey, question, { url, site, network: senderOf(call) });
}
