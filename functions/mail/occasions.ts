import { addressHash } from '../domain/identity.ts';
import { dueOf, type Mail } from '../domain/mail.ts';
import { seal } from '../domain/seal.ts';
import type { CommentItem, WaitItem } from '../table/comment-items.ts';
import { commentAt } from '../table/comments.ts';
import { findMailbox, findSubscription } from '../table/mailboxes.ts';
import { addToDigest, putInOutbox } from '../table/outbox.ts';
import type { Change } from '../table/records.ts';
import type { Office } from './office.ts';

/** Longer than any opinion takes. */
const OPINION_MS = 10_000;

/**
 * Puts into the outbox what a change gives occasion to. The stream brings each change at least once, and the id of a mail
 * is made of its occasion, so that each is written once.
 */
export async function mailAbout(office: Office, { key, old, new: now }: Change): Promise<void> {
  if (!now) return;
  if (key.kind === 'seat' && old?.status === 'approved') await aboutHeldAgain(office, now as unknown as CommentItem);
  if (old) return;
  if (key.kind === 'wait') await aboutWaiting(office, now as unknown as WaitItem);
  if (key.kind === 'seat') await aboutPublished(office, now as unknown as CommentItem);
}

async function aboutWaiting(office: Office, { id, status, shown }: WaitItem): Promise<void> {
  if (status === 'pending') await tellModerators(office, id, `held-${id}`, shown);
}

/** By readers' reports, or by the rules once its writer had changed it. Who took it from its page themselves knows. */
async function aboutHeldAgain(office: Office, { id, status, ver, moves, shown }: CommentItem): Promise<void> {
  if (status === 'pending' && moves.at(-1)?.rule) await tellModerators(office, id, `held-${id}-${ver}`, shown);
}

/** What another service is asked about may wait for a second only: nobody is mailed before it has answered. */
async function tellModerators(office: Office, comment: string, occasion: string, shown?: string): Promise<void> {
  const { settings, now } = office;
  const due = dueOf(settings.digest, shown ? new Date(now().getTime() + OPINION_MS) : now());
  for (const to of settings.moderators) {
    if (settings.digest === 'at-once') await toModerator(office, to, occasion, 'held', { comment }, due);
    else await remind(office, to, due);
  }
}

/** One mail to a moderator about all that waits at that time. */
export const remind = (office: Office, to: string, due: Date) =>
  toModerator(office, to, `waiting-${due.toISOString()}`, 'waiting', {}, due);

async function toModerator(
  { table, identityKey, addressKeys, now }: Office,
  to: string,
  occasion: string,
  kind: 'held' | 'waiting',
  about: object,
  due: Date,
): Promise<void> {
  const id = `${occasion}-${addressHash(identityKey, to)}`;
  const mail = { kind, to: seal(addressKeys, id, to), ...about } as Mail;
  await putInOutbox(table, id, mail, { now: now(), due });
}

async function aboutPublished(office: Office, comment: CommentItem): Promise<void> {
  const { table, now } = office;
  const { id, post, to, person, status } = comment;
  if (status !== 'approved') return;
  if (await findSubscription(table, person, id, now())) {
    await putInOutbox(table, `published-${id}`, { kind: 'published', comment: id }, { now: now() });
  }
  const parent = to && (await commentAt(table, post, to));
  if (!parent || parent.person === person) return;
  if (!(await findSubscription(table, parent.person, parent.id, now()))) return;
  await tellOfReply(office, comment, parent.person);
}

/** In the digest of the day on which it was published, where its reader chose one a day; what comes when that was sent, by itself. */
async function tellOfReply({ table, now }: Office, { id, created, moves }: CommentItem, person: string): Promise<void> {
  const mailbox = await findMailbox(table, person, now());
  if (mailbox?.pace === 'daily') {
    const day = new Date(moves.at(-1)?.at ?? created);
    const digest = `digest-${person}-${day.toISOString().slice(0, 10)}`;
    if (await addToDigest(table, digest, id, { person, now: now(), due: dueOf('daily', day) })) return;
  }
  await putInOutbox(table, `reply-${id}`, { kind: 'reply', comment: id }, { now: now() });
}
