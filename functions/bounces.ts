import type { SNSEvent } from 'aws-lambda';
import * as v from 'valibot';
import { addressHash } from './domain/identity.ts';
import { readEnv } from './env.ts';
import { readKeys } from './keys.ts';
import { log } from './log.ts';
import { suppress } from './table/mailboxes.ts';
import { openTable } from './table/table.ts';

const recipients = v.array(v.object({ emailAddress: v.string() }));

/** What SES tells its topic. A bounce that may pass, of a full mailbox, changes nothing. */
const feedback = v.pipe(
  v.string(),
  v.parseJson(),
  v.variant('eventType', [
    v.object({
      eventType: v.literal('Bounce'),
      bounce: v.object({ bounceType: v.string(), bouncedRecipients: recipients }),
    }),
    v.object({ eventType: v.literal('Complaint'), complaint: v.object({ complainedRecipients: recipients }) }),
  ]),
);

/** Addresses that bounced for good or complained take no more mail. Of anything else SES says there is a line, without it. */
export async function handler({ Records }: SNSEvent): Promise<void> {
  const { table: name } = readEnv();
  const { identityKey } = readKeys();
  const table = openTable(name);
  for (const { Sns } of Records) {
    const { success, output: told } = v.safeParse(feedback, Sns.Message);
    if (!success) {
      log.info('not understood', { records: 1 });
      continue;
    }
    if (told.eventType === 'Bounce' && told.bounce.bounceType !== 'Permanent') continue;
    const [reason, addresses] =
      told.eventType === 'Bounce'
        ? (['bounce', told.bounce.bouncedRecipients] as const)
        : (['complaint', told.complaint.complainedRecipients] as const);
    for (const { emailAddress } of addresses)
      await suppress(table, addressHash(identityKey, emailAddress), reason, new Date());
  }
}
