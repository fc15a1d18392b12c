import { stopMark } from '../domain/identity.ts';
import { unseal } from '../domain/seal.ts';
import { countMail, findMailbox, isSuppressed, type Mailbox } from '../table/mailboxes.ts';
import type { Office } from './office.ts';
import type { Attempt } from './written.ts';

/** Where a person's mail goes, if any may: they asked, it is in time, it did not bounce. Null: nowhere. */
export async function mailboxOf({ table, now }: Office, person: string): Promise<Mailbox | null> {
  const mailbox = await findMailbox(table, person, now());
  return mailbox && !(await isSuppressed(table, mailbox.address)) ? mailbox : null;
}

/** The address, counted. Null: enough went there today. */
export async function addressOf(
  office: Office,
  { tries }: Pick<Attempt, 'tries'>,
  person: string,
  { sealed, address }: Mailbox,
): Promise<string | null> {
  const limit = { now: office.now(), most: office.settings.perDay.person };
  if (tries === 1 && !(await countMail(office.table, address, 'mails', limit))) return null;
  return unseal(office.addressKeys, person, sealed);
}

/** Where this person's mails are stopped, by whoever has the link. */
export function stopUrl({ url, unsubscribeKeys }: Office, person: string): string {
  const key = unsubscribeKeys.at(-1);
  if (!key) throw new Error('there is no key for unsubscribing');
  return `${url}/api/mail/stop/${person}.${stopMark(key, person)}`;
}
