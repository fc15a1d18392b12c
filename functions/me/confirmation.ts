import { renderNotice } from '../../web/pages/render.ts';
import { RuleError } from '../domain/errors.ts';
import { readerHash } from '../domain/identity.ts';
import { readEnv } from '../env.ts';
import { type Call, param, type Reply } from '../http/call.ts';
import { html } from '../http/reply.ts';
import { siteInForce } from '../site-in-force.ts';
import { findLink, spendLink } from '../table/links.ts';
import { confirmMailbox } from '../table/mailboxes.ts';
import { proveAddress } from '../table/people.ts';
import { openTable } from '../table/table.ts';

/** The second half of a double opt-in, by a button. */
export async function askConfirmation(call: Call): Promise<Reply> {
  return html(
    200,
    renderNotice({
      site: await siteInForce(openTable(readEnv().table)),
      title: 'Shall we write to you?',
      says: ['When somebody answers one of your comments for which you asked, a mail comes. Every mail can stop them.'],
      button: {
        label: 'Yes, write to me',
        action: `/api/mail/confirmation/${encodeURIComponent(param(call, 'token'))}`,
      },
    }),
  );
}

/** Confirms before it spends: whoever got no answer presses again. Throws RuleError 'link.spent'. */
export async function confirm(call: Call): Promise<Reply> {
  const table = openTable(readEnv().table);
  const token = readerHash(param(call, 'token'));
  const link = await findLink(table, token, 'confirm', new Date());
  if (!link || !(await confirmMailbox(table, link.person, new Date()))) throw new RuleError('link.spent');
  if (!(await spendLink(table, token, 'confirm', new Date()))) throw new RuleError('link.spent');
  await proveAddress(table, link.address);
  return html(
    200,
    renderNotice({
      site: await siteInForce(table),
      title: 'Thank you',
      says: ['We will write when somebody answers you.'],
    }),
  );
}
