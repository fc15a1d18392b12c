import { headerText } from '../../web/pages/mail/letter.ts';
import type { Mail } from '../domain/mail.ts';
import { plainText } from '../domain/plain-text.ts';
import { excerptOf } from '../domain/post.ts';
import { permalink } from '../domain/thread.ts';
import { findComment } from '../table/comments.ts';
import { findSubscription } from '../table/mailboxes.ts';
import { getPost } from '../table/posts.ts';
import type { Office } from './office.ts';
import { addressOf, mailboxOf, stopUrl } from './to-person.ts';
import type { Attempt, Written } from './written.ts';

const WORDS = 2_000;

/** That somebody answered, to whoever asked to hear of it and confirmed that. */
export async function reply(
  office: Office,
  attempt: Attempt,
  mail: Extract<Mail, { kind: 'reply' }>,
): Promise<Written | null> {
  const { table, site, url, now } = office;
  const [comment, answered] = await Promise.all([findComment(table, mail.comment), findComment(table, mail.answered)]);
  if (comment?.status !== 'approved' || !comment.at || answered?.status !== 'approved') return null;
  const { person } = answered;
  const [post, subscription, mailbox] = await Promise.all([
    getPost(table, comment.post),
    findSubscription(table, person, mail.answered, now()),
    mailboxOf(office, person),
  ]);
  if (post?.status !== 'published' || !subscription || !mailbox?.confirmed) return null;
  const to = await addressOf(office, attempt, person, mailbox);
  if (!to) return null;
  return {
    to,
    letter: {
      site,
      url,
      subject: headerText(`A reply to your comment on “${post.title}”`),
      blocks: [
        { say: `Somebody answered your comment on “${post.title}”.` },
        { quote: excerptOf(plainText(comment.html), WORDS), by: comment.author.name },
        { go: 'Read it in its place', href: url + permalink(post.slug, comment.at) },
      ],
      foot: `You receive this since you asked to hear of replies. At ${url}/api/me you can have them once a day.`,
      stop: stopUrl(office, person),
    },
  };
}
