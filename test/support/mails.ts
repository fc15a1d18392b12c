import { expect } from 'vitest';
import type { SentMail } from '../../infra/local/mail-folder.ts';
import type { Stack } from './stack.ts';

/** A mail as a person reads it. */
export interface ReadMail {
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

export function readMail({ Destination, Content }: SentMail): ReadMail {
  const { Subject, Body, Headers } = Content.Simple;
  return {
    to: Destination.ToAddresses.join(),
    subject: Subject.Data,
    text: Body.Text.Data,
    html: Body.Html.Data,
    headers: Object.fromEntries(Headers.map(({ Name, Value }) => [Name, Value])),
  };
}

/** All that was sent, or what went to one address; the oldest first. */
export async function mailsOf({ server, drain }: Stack, to?: string): Promise<ReadMail[]> {
  await drain();
  const mails = (await server.platform.mails.list()).map(({ mail }) => readMail(mail)).reverse();
  return mails.filter((mail) => to === undefined || mail.to === to);
}

/** The one mail to an address. */
export async function onlyMail(stack: Stack, to: string): Promise<ReadMail> {
  const mails = await mailsOf(stack, to);
  expect(mails.map(({ subject }) => subject)).toHaveLength(1);
  return mails[0] as ReadMail;
}

/** The path of a mail's link, from its text. */
export const pathIn = ({ text }: Pick<ReadMail, 'text'>, start: string): string => {
  const found = text.match(new RegExp(`https?://[^/\\s]+(${start}\\S*)`))?.[1];
  if (!found) throw new Error(`the mail has no link to ${start}:\n${text}`);
  return found;
};
