import { inject } from 'vitest';
import { type Answer, type Sent, send } from '../support/send.ts';

/** A viewer's request at a host name of AWS: the distribution's, the API's or the login's. HTTPS ends before the emulator. */
export function visit(host: string, path: string, { headers, ...init }: Sent = {}): Promise<Answer> {
  return send(inject('endpoint'), path, { ...init, headers: { host, 'x-forwarded-proto': 'https', ...headers } });
}

export interface Words {
  name: string;
  email: string;
  body: string;
}

/** As the form under an article sends it. */
export const sayByForm = (host: string, slug: string, words: Words) =>
  say(host, slug, 'text/html', 'application/x-www-form-urlencoded', String(new URLSearchParams({ ...words })));

/** As the script in the page sends it. */
export const sayAsJson = (host: string, slug: string, words: Words) =>
  say(host, slug, 'application/json', 'application/json', JSON.stringify(words));

const say = (host: string, slug: string, accept: string, type: string, body: string) =>
  visit(host, `/api/posts/${slug}/comments`, {
    method: 'POST',
    headers: { accept, 'content-type': type, origin: `https://${host}` },
    body,
  });
