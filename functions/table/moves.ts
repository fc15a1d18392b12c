import { RuleError } from '../domain/errors.ts';
import { BY_RULES, checkMove, isVouchedFor, type Move, type Status } from '../domain/moderation.ts';
import { isOfToday, type Words } from '../domain/policy.ts';
import { endOf, REFUSED_DAYS } from '../domain/retention.ts';
import type { Found, WaitItem } from './comment-items.ts';
import { boundSeat, completeApproval, findComment, seatApproved, size } from './comments.ts';
import { stirred } from './dated.ts';
import { seatKey, waitKey } from './keys.ts';
import { distrust, takeTrustBack, trust } from './people.ts';
import { queued } from './queue.ts';
import { takeSeat } from './seats.ts';
import type { Table } from './table.ts';

/** A comment as it was when somebody decided about it. */
export type Seen = Pick<Found, 'status' | 'ver'>;

/** `anew`, from whoever may let a comment in, makes words of an older policy anew: the table holds no sanitizer. */
export interface Terms {
  seen?: Seen;
  refusedDays?: number | null;
  anew?: ((words: Found) => Words) | undefined;
}

/**
 * Access pattern `move`: one UpdateItem of WAIT or of the seat, conditional on the status and `ver` it has. Approval of a waiting
 * comment takes a seat first, and puts the comment there after. Null: there is no such comment. Throws RuleError 'comment.move'
 * when MOVES lacks it, and 'comment.moved' when it is not any more what was `seen`, unless it is what it should become; and the
 * sanitizer's when it would let in what the policy of today refuses.
 */
export async function move(
  table: Table,
  id: string,
  to: Move,
  { seen, refusedDays = REFUSED_DAYS, anew }: Terms = {},
): Promise<Found | null> {
  for (;;) {
    const found = await findComment(table, id);
    if (!found) return null;
    if (found.at) await pointToSeat(table, id, found.at);
    if (found.status === to.to) {
      // Whoever gave this verdict before may have died, or lost the answer, before what follows from it.
      await follow(table, found, to);
      return found;
    }
    if (seen && (found.status !== seen.status || found.ver !== seen.ver)) {
      throw new RuleError('comment.moved', { status: found.status, edited: found.status === seen.status });
    }
    checkMove(found.status, to.to);
    const moved = found.at
      ? await moveSeated(table, found.at, found, to)
      : await moveWaiting(table, found, to, { refusedDays, anew });
    if (moved) await follow(table, found, to);
    if (moved) return findComment(table, id);
    if (found.at) await completeSeat(table, id);
  }
}

/** Held and seated in the same instant, by two requests with different rights: the seat counts. */
async function pointToSeat(table: Table, id: string, at: string): Promise<void> {
  await table.update(waitKey(id), {
    set: '#at = :at, #status = :approved',
    remove: 'queue, queuedAt',
    condition: 'attribute_exists(pk) AND attribute_not_exists(#at)',
    names: { '#at': 'at', '#status': 'status' },
    values: { ':at': at, ':approved': 'approved' },
  });
}

/**
 * A person's approval makes the writing browser known, unless it is undone, and their verdict of spam makes it unknown; no
 * program's does. A removal takes the words from WAIT too.
 */
export async function follow(table: Table, comment: Found, { to, by }: { to: Status; by: string }): Promise<void> {
  const decided = by !== BY_RULES;
  if (to === 'approved' && (decided || isVouchedFor(comment.moves))) await trust(table, comment);
  if (to === 'pending') await takeTrustBack(table, comment);
  if (to === 'spam' && decided) await distrust(table, comment);
  if (to === 'removed') await forgetWords(table, comment.id);
}

/** A crash may have come between an approval and its seat. */
export async function completeSeat(table: Table, id: string): Promise<void> {
  const wait = await table.get<WaitItem>(waitKey(id));
  if (wait) await completeApproval(table, wait);
}

export async function forgetWords(table: Table, id: string): Promise<void> {
  await table.update(waitKey(id), {
    set: 'html = :empty, #source = :empty',
    remove: 'edited',
    condition: 'attribute_exists(pk)',
    names: { '#source': 'source' },
    values: { ':empty': '' },
  });
}

async function moveWaiting(
  table: Table,
  wait: Found,
  to: Move,
  { refusedDays, anew }: Pick<Terms, 'anew'> & { refusedDays: number | null },
): Promise<boolean> {
  const { set, condition, names, values, ...rest } = transition(wait, to, refusedDays);
  const seat = to.to === 'approved' ? await seating(table, wait, to.at, anew) : null;
  const moved = await table.update<WaitItem>(waitKey(wait.id), {
    ...rest,
    set: [set, ...(seat?.set ?? [])].join(', '),
    condition: `${condition} AND attribute_not_exists(#at)`,
    names: { ...names, '#at': 'at', ...seat?.names },
    values: { ...values, ...seat?.values },
  });
  if (moved && seat) await seatApproved(table, moved);
  return moved !== null;
}

/** What WAIT is given when it is let in: its seat, its place in the month, and words of an older policy made anew. */
async function seating(table: Table, wait: Found, now: string, anew: Terms['anew']) {
  const words = isOfToday(wait) ? null : inWordsOfToday(wait, anew);
  const at = await seatFor(table, words ? { ...wait, ...words } : wait);
  const { month, stirred: moment } = stirred(wait.id, now);
  return {
    set: [
      '#at = :at, #month = :month, stirred = :stirred',
      ...(words ? ['html = :html, removed = :removed, #policy = :policy'] : []),
    ],
    names: { '#month': 'month', ...(words ? { '#policy': 'policy' } : {}) },
    values: {
      ':at': at,
      ':month': month,
      ':stirred': moment,
      ...(words ? { ':html': words.html, ':removed': words.removed, ':policy': words.policy } : {}),
    },
  };
}

function inWordsOfToday(wait: Found, anew: Terms['anew']): Words {
  if (!anew) throw new Error(`comment ${wait.id} is of another policy, and nobody is here to sanitize it anew`);
  return anew(wait);
}

const seatFor = async (table: Table, wait: Found): Promise<string> =>
  (await boundSeat(table, wait.id)) ?? (await takeSeat(table, wait.post, wait.root, size(wait)));

async function moveSeated(table: Table, at: string, seated: Found, to: Move): Promise<boolean> {
  return (await table.update(seatKey(seated.post, at), transition(seated, to, null))) !== null;
}

/**
 * The update that a move is, on WAIT or on the seat: status and record of it, the queue it enters or leaves, the words it
 * takes, and for what has no seat, the time it has left.
 */
export function transition(from: Found, to: Move, refusedDays: number | null) {
  const enters = to.to === 'pending' || to.to === 'spam' ? queued(from.id, from.created, to.to) : null;
  const gone = to.to === 'removed';
  const ttl = from.at === null ? endOf(to.to, to.at, refusedDays) : null;
  const leaves = [!enters && 'queue, queuedAt', gone && 'edited', from.at === null && ttl === null && '#ttl'];
  const remove = leaves.filter(Boolean).join(', ');
  return {
    set: [
      '#status = :to, ver = ver + :one, moves = list_append(moves, :move)',
      ...(enters ? ['queue = :queue, queuedAt = :queuedAt'] : []),
      ...(gone ? ['html = :empty, #source = :empty'] : []),
      ...(ttl ? ['#ttl = :ttl'] : []),
    ].join(', '),
    ...(remove ? { remove } : {}),
    condition: '#status = :from AND ver = :ver',
    names: {
      '#status': 'status',
      ...(gone ? { '#source': 'source' } : {}),
      ...(from.at === null ? { '#ttl': 'ttl' } : {}),
    },
    values: {
      ':from': from.status,
      ':ver': from.ver,
      ':to': to.to,
      ':one': 1,
      ':move': [to],
      ...(enters ? { ':queue': enters.queue, ':queuedAt': enters.queuedAt } : {}),
      ...(gone ? { ':empty': '' } : {}),
      ...(ttl ? { ':ttl': ttl } : {}),
    },
  };
}
