import { headerText } from '../../web/pages/mail/letter.ts';
import type { Mail } from '../domain/mail.ts';
import { plainText } from '../domain/plain-text.ts';
import { excerptOf } from '../domain/post.ts';
import { permalink } from '../domain/thread.ts';
import type { Office } from './office.ts';
import { replyTo } from './reply-to.ts';
import { addressOf, mailboxOf, stopUrl } from './to-person.ts';
import type { Attempt, Written } from './written.ts';

const WORDS = 2_000;

/** That somebody answered, to whoever asked to hear of it and confirmed that. */
export async function reply(
  office: Office,
  attempt: Attempt,
  mail: Extract<Mail, { kind: 'reply' }>,
): Promise<Written | null> {
  const { site, url } = office;
  const found = await replyTo(office, mail.comment);
  if (!found) return null;
  const { comment, title, slug, at, person } = found;
  const mailbox = await mailboxOf(office, person);
  if (!mailbox?.confirmed) return null;
  const to = await addressOf(office, attempt, person, mailbox);
  if (!to) return null;
  return {
    to,
    letter: {
      site,
      url,
      subject: headerText(`A reply to your comment on “${title}”`),
      blocks: [
        { say: `Somebody answered your comment on “${title}”.` },
        { quote: excerptOf(plainText(comment.html), WORDS), by: comment.author.name },
        { go: 'Read it in its place', href: url + permalink(slug, at) },
      ],
      foot: `You receive this since you asked to hear of replies. At ${url}/api/me you can have them once a day.`,
      stop: stopUrl(office, person),
    },
  };
}
