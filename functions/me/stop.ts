import { renderNotice } from '../../web/pages/render.ts';
import { RuleError } from '../domain/errors.ts';
import { sameHash, stopMark } from '../domain/identity.ts';
import { readEnv } from '../env.ts';
import { type Call, param, type Reply } from '../http/call.ts';
import { html } from '../http/reply.ts';
import { readKeys } from '../keys.ts';
import { siteInForce } from '../site-in-force.ts';
import { stopMail } from '../table/mailboxes.ts';
import { openTable } from '../table/table.ts';

/** A button, for whoever followed the link of a mail. */
export async function askStop(call: Call): Promise<Reply> {
  personOf(call);
  return html(
    200,
    renderNotice({
      site: await siteInForce(openTable(readEnv().table)),
      title: 'No more mails?',
      says: ['No mail will come any more, and your address is erased. Your comments stay.'],
      button: { label: 'Stop all mails', action: `/api/mail/stop/${encodeURIComponent(param(call, 'token'))}` },
    }),
  );
}

/** For the button, and for a mail program's own (RFC 8058), which sends neither a cookie nor an origin. As often as you like. */
export async function stop(call: Call): Promise<Reply> {
  const { table } = readEnv();
  await stopMail(openTable(table), personOf(call));
  return html(
    200,
    renderNotice({
      site: await siteInForce(openTable(table)),
      title: 'The mails have stopped',
      says: ['Your address is erased here. If you ask for mails again with another comment, you will be asked again.'],
    }),
  );
}

/** Throws RuleError 'link.spent' for a link that was not made here. */
function personOf(call: Call): string {
  const [person = '', mark = ''] = param(call, 'token').split('.');
  if (!readKeys().unsubscribeKeys.some((key) => sameHash(stopMark(key, person), mark))) {
    throw new RuleError('link.spent');
  }
  return person;
}
