import { headerText } from '../../web/pages/mail/letter.ts';
import { addressHash } from '../domain/identity.ts';
import { dueOf, type Mail } from '../domain/mail.ts';
import { plainText } from '../domain/plain-text.ts';
import { excerptOf } from '../domain/post.ts';
import { unseal } from '../domain/seal.ts';
import type { Said } from '../table/comment-items.ts';
import { findComment } from '../table/comments.ts';
import { countMail } from '../table/mailboxes.ts';
import { getPost } from '../table/posts.ts';
import { queueOf } from '../table/queue.ts';
import { remind } from './occasions.ts';
import type { Office } from './office.ts';
import type { Attempt, Written } from './written.ts';

type Of<Kind extends Mail['kind']> = Extract<Mail, { kind: Kind }>;

const WORDS = 1_000;
const LISTED = 20;

/** One comment that waits. Whoever had too many today hears of this one tomorrow, with all the others. */
export async function held(office: Office, { id, tries }: Attempt, mail: Of<'held'>): Promise<Written | null> {
  const { table, settings, now } = office;
  const to = unseal(office.addressKeys, id, mail.to);
  const comment = await findComment(table, mail.comment);
  const post = comment?.status === 'pending' ? await getPost(table, comment.post) : null;
  if (!comment || !post) return null;
  const most = settings.perDay.moderator;
  if (
    tries === 1 &&
    !(await countMail(table, addressHash(office.identityKey, to), 'reminders', { now: now(), most }))
  ) {
    await remind(office, to, dueOf('daily', now()));
    return null;
  }
  return letter(office, to, {
    subject: headerText(`A comment waits on “${post.title}”`),
    blocks: [
      {
        say: `A comment on “${post.title}” waits for a person to look at it. The rule that held it: ${comment.moves.at(-1)?.rule ?? comment.reason}.`,
      },
      { quote: wordsOf(comment), by: comment.author.name },
    ],
  });
}

/** All that waits, the newest first and not too many of them. */
export async function waiting(
  office: Office,
  { id }: Pick<Attempt, 'id'>,
  mail: Of<'waiting'>,
): Promise<Written | null> {
  const { table } = office;
  const to = unseal(office.addressKeys, id, mail.to);
  const { comments, next } = await queueOf(table, 'pending', { limit: LISTED });
  if (comments.length === 0) return null;
  const many = next ? `More than ${LISTED} comments wait` : counted(comments.length);
  return letter(office, to, {
    subject: many,
    blocks: [
      { say: `${many} for a person to look at them${next ? '; here are the newest' : ''}.` },
      ...comments.map((comment) => ({ quote: excerptOf(wordsOf(comment)), by: comment.author.name })),
    ],
  });
}

const counted = (n: number) => (n === 1 ? 'One comment waits' : `${n} comments wait`);

const wordsOf = ({ html }: Pick<Said, 'html'>) => excerptOf(plainText(html), WORDS);

function letter({ site, url }: Office, to: string, words: Pick<Written['letter'], 'subject' | 'blocks'>): Written {
  const { subject, blocks } = words;
  return {
    to,
    letter: {
      site,
      url,
      subject,
      blocks: [...blocks, { go: 'Look at what waits', href: `${url}/admin/` }],
      foot: 'You are named as a moderator in the settings of this site.',
      stop: null,
    },
  };
}
