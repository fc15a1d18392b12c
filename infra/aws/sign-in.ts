import { Stack } from 'aws-cdk-lib';
import { CfnManagedLoginBranding, CfnUserPoolClient, type UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { AUTHOR_SCOPE } from '../../functions/manifest.ts';

export interface SignInProps {
  pool: UserPool;
  /** The site's origin. */
  url: string;
}

/** The admin pages as a public client: code + PKCE, no secret, and back to /admin/ alone. */
export function addSignIn(scope: Construct, { pool, url }: SignInProps): { client: CfnUserPoolClient; issuer: string } {
  const { userPoolId } = pool;
  const client = new CfnUserPoolClient(scope, 'Client', {
    userPoolId,
    generateSecret: false,
    allowedOAuthFlowsUserPoolClient: true,
    allowedOAuthFlows: ['code'],
    allowedOAuthScopes: ['openid', 'email', AUTHOR_SCOPE],
    callbackUrLs: [`${url}/admin/`],
    logoutUrLs: [`${url}/admin/`],
    supportedIdentityProviders: ['COGNITO'],
    explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
    preventUserExistenceErrors: 'ENABLED',
    enableTokenRevocation: true,
    accessTokenValidity: 60,
    idTokenValidity: 60,
    refreshTokenValidity: 1,
    tokenValidityUnits: { accessToken: 'minutes', idToken: 'minutes', refreshToken: 'days' },
  });
  // Without a style, the managed login has no page for this client.
  new CfnManagedLoginBranding(scope, 'LoginStyle', {
    userPoolId,
    clientId: client.ref,
    useCognitoProvidedValues: true,
  });
  return { client, issuer: `https://cognito-idp.${Stack.of(scope).region}.amazonaws.com/${userPoolId}` };
}
