import { checkMove, type Move, type Status } from '../domain/moderation.ts';
import type { Found, WaitItem } from './comment-items.ts';
import { boundSeat, findComment, putApproved, queued, size } from './comments.ts';
import { seatKey, waitKey } from './keys.ts';
import { distrust, trust } from './people.ts';
import { takeSeat } from './seats.ts';
import type { Table } from './table.ts';

/**
 * Access pattern `move`: one UpdateItem of WAIT or of the seat, conditional on the status it has. Approval of a waiting
 * comment takes a seat first, and puts the comment there after. Null: there is no such comment. Throws RuleError 'comment.move' when MOVES lacks it.
 */
export async function move(table: Table, id: string, to: Move): Promise<Found | null> {
  for (;;) {
    const found = await findComment(table, id);
    if (!found || found.status === to.to) return found;
    checkMove(found.status, to.to);
    const moved = found.at ? await moveSeated(table, found.at, found, to) : await moveWaiting(table, found, to);
    if (moved) await follow(table, found, to.to);
    if (moved) return findComment(table, id);
    if (found.at) await completeSeat(table, id);
  }
}

/** An approval makes the writing browser known, a verdict of spam unknown again; a removal takes the words from WAIT too. */
async function follow(table: Table, { id, person, reader }: Found, to: Status): Promise<void> {
  if (to === 'approved') await trust(table, person, reader);
  if (to === 'spam') await distrust(table, person, reader);
  if (to === 'removed') await forgetWords(table, id);
}

/** A crash may have come between an approval and its seat. */
async function completeSeat(table: Table, id: string): Promise<void> {
  const wait = await table.get<WaitItem>(waitKey(id));
  if (wait) await putApproved(table, wait);
}

async function forgetWords(table: Table, id: string): Promise<void> {
  await table.update(waitKey(id), {
    set: 'html = :empty, #source = :empty',
    condition: 'attribute_exists(pk)',
    names: { '#source': 'source' },
    values: { ':empty': '' },
  });
}

async function moveWaiting(table: Table, wait: Found, to: Move): Promise<boolean> {
  if (to.to !== 'approved') {
    return (await table.update(waitKey(wait.id), transition(wait, to, 'attribute_not_exists(#at)'))) !== null;
  }
  const at = (await boundSeat(table, wait.id)) ?? (await takeSeat(table, wait.post, wait.root, size(wait)));
  const { set, values, ...rest } = transition(wait, to, 'attribute_not_exists(#at)');
  const committed = await table.update<WaitItem>(waitKey(wait.id), {
    ...rest,
    set: `${set}, #at = :at`,
    values: { ...values, ':at': at },
  });
  if (committed) await putApproved(table, committed);
  return committed !== null;
}

async function moveSeated(table: Table, at: string, seated: Found, to: Move): Promise<boolean> {
  return (await table.update(seatKey(seated.post, at), transition(seated, to))) !== null;
}

function transition(from: Found, to: Move, also?: string) {
  const waits = to.to === 'pending';
  const gone = to.to === 'removed';
  const index = queued(from.id, from.created);
  return {
    set: [
      '#status = :to, ver = ver + :one, moves = list_append(moves, :move)',
      waits && 'queue = :queue, queuedAt = :queuedAt',
      gone && 'html = :empty, #source = :empty',
    ]
      .filter(Boolean)
      .join(', '),
    ...(waits ? {} : { remove: 'queue, queuedAt' }),
    condition: ['#status = :from', also].filter(Boolean).join(' AND '),
    names: {
      '#status': 'status',
      ...(also || !from.at ? { '#at': 'at' } : {}),
      ...(gone ? { '#source': 'source' } : {}),
    },
    values: {
      ':from': from.status,
      ':to': to.to,
      ':one': 1,
      ':move': [to],
      ...(waits ? { ':queue': index.queue, ':queuedAt': index.queuedAt } : {}),
      ...(gone ? { ':empty': '' } : {}),
    },
  };
}
