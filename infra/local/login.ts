import { createServer } from 'node:http';
import { close, listen } from './http-server.ts';
import { keepAccount } from './login-account.ts';
import { openDirectory } from './login-directory.ts';
import { signInForm } from './login-interaction.ts';
import { pagePolicy } from './login-page.ts';
import { CLIENT_ID, loginProvider } from './login-provider.ts';

export interface LoginOptions {
  /** Keeps the account and the keys. */
  dataDir: string;
  redirectUris: readonly string[];
  /** Instead of the one that was made and kept. */
  password?: string;
}

export interface Login {
  issuer: string;
  jwks: URL;
  clientId: string;
  account: { username: string; password: string };
  close(): Promise<void>;
}

/** An OpenID provider on loopback, at an origin of its own as Cognito's is, with one author who may do everything, and who was added. */
export async function startLogin({ dataDir, redirectUris, password }: LoginOptions): Promise<Login> {
  const account = await keepAccount(dataDir, password);
  const directory = openDirectory(dataDir, account);
  const server = createServer();
  const { url: issuer } = await listen(server);
  const provider = loginProvider(issuer, redirectUris, { directory, keys: account.keys });
  provider.on('server_error', (_ctx, error) => logFailure(error));
  const runProvider = provider.callback();
  const policy = pagePolicy([...new Set(redirectUris.map((uri) => new URL(uri).origin))]);

  server.on('request', async (incoming, outgoing) => {
    outgoing.setHeader('content-security-policy', policy);
    outgoing.setHeader('x-content-type-options', 'nosniff');
    outgoing.setHeader('referrer-policy', 'no-referrer');
    outgoing.setHeader('cache-control', 'no-store');
    try {
      if (incoming.url?.startsWith('/interaction/')) await signInForm(provider, directory, incoming, outgoing);
      else await runProvider(incoming, outgoing);
    } catch (error) {
      logFailure(error);
      outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(500).end();
    }
  });

  const { username } = account;
  return {
    issuer,
    jwks: new URL(`${issuer}/jwks`),
    clientId: CLIENT_ID,
    account: { username, password: account.password },
    close: () => close(server),
  };
}

function logFailure(error: unknown): void {
  console.error(JSON.stringify({ level: 'error', message: 'sign-in failed', error: String(error) }));
}
