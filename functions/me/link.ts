import * as v from 'valibot';
import { renderNotice } from '../../web/pages/render.ts';
import { isSecure } from '../comments/answer.ts';
import { emailAddress } from '../comments/submission.ts';
import { RuleError } from '../domain/errors.ts';
import { randomId, readerHash } from '../domain/identity.ts';
import { seal } from '../domain/seal.ts';
import { readEnv } from '../env.ts';
import { type Call, param, type Reply } from '../http/call.ts';
import { html, seeOther } from '../http/reply.ts';
import { readKeys } from '../keys.ts';
import { siteInForce } from '../site-in-force.ts';
import { spendLink } from '../table/links.ts';
import { putInOutbox } from '../table/outbox.ts';
import { proveAddress } from '../table/people.ts';
import { openTable } from '../table/table.ts';
import { begin } from './session.ts';

export const request = v.strictObject({ email: emailAddress });
export const nothing = v.strictObject({});

/**
 * Puts a mail with a link into the outbox. Whether anybody wrote under that address is asked when it is sent, so that
 * neither the answer nor its time says so here. Throws RuleError 'mail.off'.
 */
export async function ask(call: Call<v.InferOutput<typeof request>>): Promise<Reply> {
  const { table, settings } = readEnv();
  const { addressKeys } = readKeys();
  if (!settings.mail) throw new RuleError('mail.off');
  const id = `link-${randomId()}`;
  const to = seal(addressKeys, id, call.input.email);
  await putInOutbox(openTable(table), id, { kind: 'link', to }, { now: new Date() });
  return seeOther('/api/me?asked');
}

/** A button: mail programs and scanners follow links, and press nothing. Says nothing about the token. */
export async function show(call: Call): Promise<Reply> {
  return html(
    200,
    renderNotice({
      site: await siteInForce(openTable(readEnv().table)),
      title: 'Your comments, and what is stored about you',
      says: ['One more step, so that nobody but you uses this link.'],
      button: { label: 'Show it', action: `/api/me/links/${encodeURIComponent(param(call, 'token'))}` },
    }),
  );
}

/** Throws RuleError 'link.spent' for a link that is over, was used, or never was. */
export async function spend(call: Call): Promise<Reply> {
  const table = openTable(readEnv().table);
  const link = await spendLink(table, readerHash(param(call, 'token')), 'open', new Date());
  if (!link) throw new RuleError('link.spent');
  const { person, address } = link;
  await proveAddress(table, address);
  return { ...seeOther('/api/me'), cookies: [await begin(table, { person, address }, isSecure(call))] };
}
