import { addressHash, readerHash, readerToken } from '../domain/identity.ts';
import type { Mail } from '../domain/mail.ts';
import { unseal } from '../domain/seal.ts';
import { keepLink } from '../table/links.ts';
import { countMail, isSuppressed } from '../table/mailboxes.ts';
import { allowLink, findAddress } from '../table/people.ts';
import type { Office } from './office.ts';
import type { Attempt, Written } from './written.ts';

export const LINK_MINUTES = 30;

/** A link that opens what is stored about a person, to their address. Nobody wrote under it: nothing is mailed. */
export async function mailedLink(
  office: Office,
  { id, tries }: Attempt,
  mail: Extract<Mail, { kind: 'link' }>,
): Promise<Written | null> {
  const { table, site, url, settings, now } = office;
  const to = unseal(office.addressKeys, id, mail.to);
  const address = addressHash(office.identityKey, to);
  const known = await findAddress(table, address);
  if (!known || (await isSuppressed(table, address))) return null;
  if (tries === 1) {
    if (!(await allowLink(table, address, known.person, now()))) return null;
    if (!(await countMail(table, address, 'links', { now: now(), most: settings.perDay.links }))) return null;
  }
  const token = readerToken();
  const until = new Date(now().getTime() + LINK_MINUTES * 60_000).toISOString();
  await keepLink(table, readerHash(token), { person: known.person, address, to: 'open', until });
  return {
    to,
    letter: {
      site,
      url,
      subject: 'Your comments, and what is stored about you',
      blocks: [
        {
          say: 'This link shows all that you wrote here, and what is stored about you. You can take it with you, erase it, or go on writing in the browser you open it in.',
        },
        { go: 'Show it', href: `${url}/api/me/links/${token}` },
        {
          say: `It works once, for ${LINK_MINUTES} minutes. If you did not ask for it, do nothing: without this mail nobody sees anything.`,
        },
      ],
      foot: 'You receive this since somebody typed this address where comments are looked after.',
      stop: null,
    },
  };
}
