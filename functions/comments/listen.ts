import { seal } from '../domain/seal.ts';
import { readEnv } from '../env.ts';
import { readKeys } from '../keys.ts';
import type { Said } from '../table/comment-items.ts';
import { subscribe } from '../table/mailboxes.ts';
import type { Table } from '../table/table.ts';

const DAY_MS = 86_400_000;

/**
 * Keeps the address of somebody who wants to hear of answers, sealed. Before the comment itself, so that who sees the one
 * finds the other. Nothing is mailed there until a person let a comment in, and but one question until it is answered.
 */
export async function listen(
  table: Table,
  { id: comment, post, person }: Pick<Said, 'id' | 'post' | 'person'>,
  { email, address, now }: { email: string; address: string; now: Date },
): Promise<void> {
  const { settings } = readEnv();
  const { addressKeys } = readKeys();
  if (!settings.mail) return;
  const until = new Date(now.getTime() + settings.mail.keepDays * DAY_MS).toISOString();
  await subscribe(
    table,
    person,
    { sealed: seal(addressKeys, person, address), address: email },
    { comment, post, until },
  );
}
