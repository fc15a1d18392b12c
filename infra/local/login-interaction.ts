import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type Provider } from 'oidc-provider';
import type { Directory } from './login-directory.ts';
import { loginPage, noticePage } from './login-page.ts';

const LARGEST_FORM = 4096;

/** GET shows the sign-in form, POST tries it. Only the browser that began the sign-in has the cookie for it. */
export async function signInForm(
  provider: Provider,
  directory: Directory,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    await provider.interactionDetails(incoming, outgoing);
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error;
    return html(outgoing, 400, noticePage('Sign-in expired', 'Go back to where you came from and sign in again.'));
  }
  if (incoming.method === 'GET') return html(outgoing, 200, loginPage());
  if (incoming.method !== 'POST') return html(outgoing, 405, noticePage('Not allowed', 'Use the form.'));

  const form = await readForm(incoming);
  const username = form.get('username') ?? '';
  const person = await directory.signIn(username, form.get('password') ?? '');
  if (!person) return html(outgoing, 401, loginPage(username));
  await provider.interactionFinished(incoming, outgoing, { login: { accountId: person.subject } });
}

function html(outgoing: ServerResponse, status: number, page: string): void {
  outgoing.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(page);
}

async function readForm(incoming: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) {
    text += chunk;
    if (text.length > LARGEST_FORM) throw new RangeError(`the sign-in form is larger than ${LARGEST_FORM} bytes`);
  }
  return new URLSearchParams(text);
}
