import { signal } from '@preact/signals';
import { ErrorResponse, InMemoryWebStorage, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { Config } from './config.ts';

export type Group = 'author' | 'moderator';

export interface Account {
  name: string;
  groups: readonly string[];
}

/**
 * `out`: nobody is signed in. `in`: `account` is. `ended`: `account` was, and could not be renewed; what is on the
 * screen stays there until they sign in again.
 */
export interface Session {
  state: 'out' | 'in' | 'ended';
  account: Account | null;
}

export const session = signal<Session>({ state: 'out', account: null });

export const isIn = (group: Group): boolean => session.value.account?.groups.includes(group) ?? false;

/** Says, and holds no token, that this browser was signed in: then it asks the provider at once, which may still know it. */
const BEFORE = 'stoa:signed-in';

let config: Config;
let manager: UserManager;
let token: string | null = null;
let renewing: Promise<string | null> | undefined;

/**
 * Finishes a sign-in that comes back from the provider, or begins one where this browser was signed in before. False
 * when the page is about to leave. Throws what went wrong at the provider.
 */
export async function openSession(given: Config): Promise<boolean> {
  config = given;
  manager = managerOf(config);
  manager.events.addUserLoaded(remember);
  manager.events.addAccessTokenExpiring(() => void renew().catch(() => undefined));

  const query = new URLSearchParams(location.search);
  if (query.has('state') && (query.has('code') || query.has('error'))) {
    await comeBack();
    return true;
  }
  if (!localStorage.getItem(BEFORE)) return true;
  await signIn();
  return false;
}

/** Leaves for the provider, and comes back to the view that is shown now. */
export const signIn = (): Promise<void> => manager.signinRedirect({ state: { hash: location.hash } });

/** Forgets the tokens, here and at the provider, and leaves for where its session ends. */
export async function signOut(): Promise<void> {
  const user = await manager.getUser();
  localStorage.removeItem(BEFORE);
  token = null;
  // Not every provider can revoke; the tokens are forgotten all the same.
  await manager.revokeTokens(['refresh_token']).catch(() => undefined);
  await manager.removeUser();
  if (config.signOutUrl) location.assign(config.signOutUrl);
  else await manager.signoutRedirect(user?.id_token ? { id_token_hint: user.id_token } : {});
}

/** Null when nobody is signed in. */
export const accessToken = (): string | null => token;

/**
 * Another access token for the one that is about to end, or was refused; one question for all who ask at once. Null, and
 * the session has ended, when the provider gives none. Throws when it cannot be reached, which refuses nothing.
 */
export function renew(): Promise<string | null> {
  renewing ??= ask().finally(() => {
    renewing = undefined;
  });
  return renewing;
}

async function ask(): Promise<string | null> {
  const user = await manager.getUser();
  const renewed = user?.refresh_token ? await manager.signinSilent().catch(refused) : null;
  if (renewed) return renewed.access_token;
  token = null;
  session.value = { ...session.value, state: 'ended' };
  return null;
}

function refused(error: unknown): null {
  if (error instanceof ErrorResponse) return null;
  throw error;
}

/** Tokens stay in memory; only a sign-in's own state and verifier wait in this tab while it is away at the provider. */
function managerOf({ issuer, clientId, scope }: Config): UserManager {
  const home = `${location.origin}/admin/`;
  return new UserManager({
    authority: issuer,
    client_id: clientId,
    redirect_uri: home,
    post_logout_redirect_uri: home,
    scope,
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
  });
}

async function comeBack(): Promise<void> {
  const address = location.href;
  history.replaceState(null, '', `${location.pathname}${location.hash}`);
  try {
    const user = await manager.signinRedirectCallback(address);
    const { hash = '' } = (user.state ?? {}) as { hash?: string };
    history.replaceState(null, '', `${location.pathname}${hash}`);
    remember(user);
  } catch (error) {
    // Else the next load would be sent to the same failure.
    localStorage.removeItem(BEFORE);
    throw error;
  }
}

function remember(user: User): void {
  token = user.access_token;
  const { profile } = user;
  const groups = profile[config.groupsClaim];
  const name =
    profile.name ?? profile.email ?? profile['cognito:username'] ?? profile.preferred_username ?? profile.sub;
  session.value = {
    state: 'in',
    account: { name: String(name), groups: Array.isArray(groups) ? groups.map(String) : [] },
  };
  localStorage.setItem(BEFORE, '1');
}
