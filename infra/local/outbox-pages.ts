import { createHash } from 'node:crypto';
import type { Request, Response } from './http-message.ts';
import { plain } from './http-message.ts';
import type { KeptMail, MailFolder } from './mail-folder.ts';

/**
 * What the folder holds, to be read in a browser: a list at /outbox/, each mail's parts at /outbox/<id>/html and text.
 * Null for every other path.
 */
export function outboxPages(mails: MailFolder) {
  return async ({ method, uri }: Request): Promise<Response | null> => {
    const [, root, id, part, ...rest] = uri.split('/');
    if (root !== 'outbox' || method !== 'GET' || rest.length > 0) return null;
    if (id === undefined) return { ...plain(301, ''), headers: { location: '/outbox/' } };
    if (id === '') return page(listOf(await mails.list()));
    const found = await mails.find(decodeURIComponent(id));
    const body = found?.mail.Content.Simple.Body;
    if (body && part === 'html') return page(body.Html.Data);
    if (body && part === 'text') return plain(200, body.Text.Data);
    return plain(404, 'Not Found');
  };
}

/** Styles by their hashes, as on the site's own pages. */
const page = (html: string): Response => ({
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src ${styles(html)}; frame-ancestors 'none'; base-uri 'none'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  },
  cookies: [],
  body: Buffer.from(html),
});

const styles = (html: string): string =>
  [...html.matchAll(/<style>(.*?)<\/style>/gs)]
    .map(([, style = '']) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`)
    .join(' ') || "'none'";

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const listOf = (mails: readonly KeptMail[]) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Outbox</title>
<style>
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
li{padding:.7rem 0;border-top:1px solid #8884}
ol{list-style:none;padding:0}
small{color:light-dark(#666,#aaa)}
</style>
<main>
<h1>Outbox</h1>
<p>The mails that Stoa would have sent; here they stay on this machine, as files in the data folder.</p>
${mails.length === 0 ? '<p>None so far.</p>' : `<ol>${mails.map(entry).join('')}</ol>`}
</main>
`;

const entry = ({ id, mail }: KeptMail) => `<li>
<a href="/outbox/${id}/html">${escaped(mail.Content.Simple.Subject.Data)}</a>
<br><small>to ${escaped(mail.Destination.ToAddresses.join())} · ${id.slice(0, 10)} · <a href="/outbox/${id}/text">as text</a></small>
</li>
`;
