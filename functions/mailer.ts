import { deliver } from './mail/deliver.ts';
import { type Office, openOffice } from './mail/office.ts';
import { dueMails } from './table/outbox.ts';

const AT_ONCE = 25;

/** Each minute: mails whose hour has come, and those whose sender died or was refused. */
export async function handler(): Promise<void> {
  const office = await openOffice();
  if (office) await sweep(office);
}

export async function sweep(office: Office): Promise<void> {
  for (const id of await dueMails(office.table, office.now(), AT_ONCE)) await deliver(office, id);
}
