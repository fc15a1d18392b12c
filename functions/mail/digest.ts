import { headerText } from '../../web/pages/mail/letter.ts';
import type { Mail } from '../domain/mail.ts';
import { plainText } from '../domain/plain-text.ts';
import { excerptOf } from '../domain/post.ts';
import { permalink } from '../domain/thread.ts';
import type { Office } from './office.ts';
import { replyTo } from './reply-to.ts';
import { addressOf, mailboxOf, stopUrl } from './to-person.ts';
import type { Attempt, Written } from './written.ts';

const WORDS = 500;

/** All that was answered to somebody on one day, to whoever asked for one mail a day. */
export async function digest(
  office: Office,
  attempt: Attempt,
  { person }: Extract<Mail, { kind: 'digest' }>,
): Promise<Written | null> {
  const { site, url } = office;
  const mailbox = await mailboxOf(office, person);
  if (!mailbox?.confirmed) return null;
  const replies = await Promise.all((attempt.about ?? []).map((comment) => replyTo(office, comment)));
  const told = replies.flatMap((reply) => (reply?.person === person ? [reply] : []));
  if (told.length === 0) return null;
  const to = await addressOf(office, attempt, person, mailbox);
  if (!to) return null;
  return {
    to,
    letter: {
      site,
      url,
      subject: headerText(told.length === 1 ? 'One reply to your comments' : `${told.length} replies to your comments`),
      blocks: told.flatMap(({ comment, title, at, slug }) => [
        { say: `On “${title}”:` },
        { quote: excerptOf(plainText(comment.html), WORDS), by: comment.author.name },
        { go: 'Read it in its place', href: url + permalink(slug, at) },
      ]),
      foot: `You receive this since you asked to hear of replies once a day. What you follow is at ${url}/api/me.`,
      stop: stopUrl(office, person),
    },
  };
}
