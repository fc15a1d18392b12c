import { readFile } from 'node:fs/promises';
import { AUTHOR_SCOPE } from '../../functions/manifest.ts';
import type { Config } from '../../web/admin/config.ts';
import { cspQuietStyle, cspStyle } from '../../web/generated/assets.ts';
import type { Login } from './login.ts';
import type { Platform } from './platform.ts';

const DOCUMENT = new URL('../../web/generated/admin/index.html', import.meta.url);

/** The authors' room: its document, which says whom it may reach, and where authors sign in. */
export async function uploadAdmin({ bucket, connection }: Platform, login: Login): Promise<void> {
  const { uploadsUrl, settings } = connection;
  const { signIn } = settings;
  const { issuer, clientId, groupsClaim, signOutUrl, endpoints } = signIn ?? {
    ...login,
    groupsClaim: 'cognito:groups',
    signOutUrl: undefined,
    endpoints: [],
  };
  const config: Config = {
    issuer,
    clientId,
    scope: `openid email ${AUTHOR_SCOPE}`,
    groupsClaim,
    ...(signOutUrl ? { signOutUrl } : {}),
  };
  await bucket.put('admin/config.json', JSON.stringify(config), {
    contentType: 'application/json',
    cacheControl: 'no-cache',
    metadata: {},
  });
  await bucket.put('admin/index.html', await readFile(DOCUMENT), {
    contentType: 'text/html; charset=utf-8',
    cacheControl: 'no-cache',
    metadata: {
      'csp-style': `${cspStyle} ${cspQuietStyle}`,
      'csp-connect': [new URL(issuer).origin, uploadsUrl, ...endpoints].join(' '),
    },
  });
}
