/** What the deployment writes to /admin/config.json. */
export interface Config {
  /** The OpenID provider, as its tokens name it. */
  issuer: string;
  clientId: string;
  scope: string;
  /** The claim that lists the groups an account is in. */
  groupsClaim: string;
  /** Where signing out ends, for a provider without OpenID Connect's own way; Cognito's `/logout?client_id=…&logout_uri=…`. */
  signOutUrl?: string;
}

/** Throws what `fetch` throws, or an Error that names the answer's status. */
export async function readConfig(): Promise<Config> {
  const response = await fetch('/admin/config.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`/admin/config.json answered ${response.status}`);
  return response.json();
}
