import { headerText } from '../../web/pages/mail/letter.ts';
import { readerHash, readerToken } from '../domain/identity.ts';
import type { Mail } from '../domain/mail.ts';
import { isVouchedFor } from '../domain/moderation.ts';
import { OPINION } from '../domain/opinion.ts';
import { permalink } from '../domain/thread.ts';
import type { Found } from '../table/comment-items.ts';
import { findComment } from '../table/comments.ts';
import { keepLink } from '../table/links.ts';
import { findSubscription, type Mailbox, markAsked } from '../table/mailboxes.ts';
import { allowLink } from '../table/people.ts';
import { getPost } from '../table/posts.ts';
import type { Office } from './office.ts';
import { addressOf, mailboxOf, stopUrl } from './to-person.ts';
import type { Attempt, Written } from './written.ts';

const CONFIRM_DAYS = 7;

/**
 * That a comment is published, once it was held. An address that nobody confirmed is asked once, by this same mail: a
 * stranger's address is not written to before a person let the comment in, and never twice. Where the rules let strangers in,
 * it takes a proof of work, and counts with the links that anybody can have mailed there.
 */
export async function published(
  office: Office,
  attempt: Attempt,
  mail: Extract<Mail, { kind: 'published' }>,
): Promise<Written | null> {
  const { table, site, url, now } = office;
  const comment = await findComment(table, mail.comment);
  if (comment?.status !== 'approved' || !comment.at) return null;
  const { person, at } = comment;
  const [post, subscription, mailbox] = await Promise.all([
    getPost(table, comment.post),
    findSubscription(table, person, mail.comment, now()),
    mailboxOf(office, person),
  ]);
  if (post?.status !== 'published' || !subscription || !mailbox) return null;
  const wasHeld = comment.moves.some(({ to, rule }) => to !== 'approved' && rule !== OPINION);
  if (mailbox.confirmed && !wasHeld) return null;
  if (!mailbox.confirmed && mailbox.asked !== attempt.id && !(await mayBeAsked(office, comment, mailbox))) return null;
  if (!mailbox.confirmed && !(await markAsked(table, person, attempt.id))) return null;
  const to = await addressOf(office, attempt, person, mailbox);
  if (!to) return null;
  const place = { go: 'See it in its place', href: url + permalink(post.slug, at) };
  return {
    to,
    letter: {
      site,
      url,
      subject: headerText(`Your comment on “${post.title}” is published`),
      blocks: [
        { say: `Your comment on “${post.title}” is part of the conversation now.` },
        place,
        ...(mailbox.confirmed ? [] : await question(office, person, mailbox.address)),
      ],
      foot: 'You receive this since somebody gave this address with a comment, and asked for mail.',
      stop: stopUrl(office, person),
    },
  };
}

/** Whether somebody stands behind the comment, or work was done for it and the address is left in peace long enough. */
async function mayBeAsked({ table, proofs, now }: Office, comment: Found, { address }: Mailbox): Promise<boolean> {
  const { person, moves, facts = [] } = comment;
  if (isVouchedFor(moves) || facts.includes('trusted')) return true;
  return proofs && facts.includes('proved') && (await allowLink(table, address, person, now()));
}

async function question({ table, url, now }: Office, person: string, address: string) {
  const token = readerToken();
  const until = new Date(now().getTime() + CONFIRM_DAYS * 86_400_000).toISOString();
  await keepLink(table, readerHash(token), { person, address, to: 'confirm', until });
  return [
    { say: 'Shall we write to you when somebody answers it? Only if you say so here, within a week:' },
    { go: 'Yes, write to me', href: `${url}/api/mail/confirmation/${token}` },
    { say: 'If it was not you who wrote this comment, do nothing: this is the only mail that comes.' },
  ];
}
