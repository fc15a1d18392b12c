import { log } from '../log.ts';
import { claimMail, putOff, settleMail } from '../table/outbox.ts';
import { compose } from './compose.ts';
import type { Office } from './office.ts';

/** Longer than the function that sends may run, so that no two do at once. */
const LEASE_MS = 120_000;
/** 1, 2, 4 … minutes apart: some eight hours in all. */
const MOST_TRIES = 10;
const FIRST_DELAY_MS = 60_000;

/**
 * Sends one mail of the outbox, if it is due and nobody else is at it. At least once: whoever dies between the sending
 * and the mark that it was sent, leaves it to be sent again. A mail that cannot be sent is put off, and at last given up.
 */
export async function deliver(office: Office, id: string): Promise<void> {
  const { table, postbox, now } = office;
  const item = await claimMail(table, id, now(), LEASE_MS);
  if (!item?.mail) return;
  if (item.tries > MOST_TRIES) return settleMail(table, id, 'given up');
  try {
    const written = await compose(office, { id, tries: item.tries, about: item.about }, item.mail);
    if (written) await postbox.send(written.to, written.letter);
    await settleMail(table, id, written ? 'sent' : 'dropped');
  } catch (cause) {
    log.error('not mailed', { mail: id, kind: item.mail.kind, tries: item.tries }, cause);
    if (item.tries >= MOST_TRIES) await settleMail(table, id, 'given up');
    else await putOff(table, id, new Date(now().getTime() + FIRST_DELAY_MS * 2 ** (item.tries - 1)));
  }
}
