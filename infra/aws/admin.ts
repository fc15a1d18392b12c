import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import type { Settings } from '../../functions/domain/settings.ts';
import { AUTHOR_SCOPE } from '../../functions/manifest.ts';
import { cspQuietStyle, cspStyle } from '../../web/generated/assets.ts';
import { ROOT } from './bundling.ts';
import { addLog } from './lambda.ts';
import type { StateStack } from './state-stack.ts';

export interface AdminProps {
  state: StateStack;
  /** The site's origin. */
  url: string;
  issuer: string;
  clientId: string;
  /** Instead of the pool. */
  signIn: Settings['signIn'];
  /** Where pictures are sent to. */
  uploads: string;
}

/**
 * The authors' room: its document, which says whom it may reach, and where authors sign in. Its scripts are among the
 * assets. CDK's function for it is that of the assets, and accepted there.
 */
export function addAdmin(scope: Construct, props: AdminProps): BucketDeployment {
  const { config, origins } = props.signIn ? anotherProvider(props.signIn) : thePool(scope, props);
  return new BucketDeployment(scope, 'Admin', {
    sources: [Source.asset(join(ROOT, 'web/generated/admin')), Source.jsonData('config.json', config)],
    destinationBucket: props.state.pages,
    destinationKeyPrefix: 'admin/',
    prune: false,
    cacheControl: [CacheControl.noCache()],
    metadata: { 'csp-style': `${cspStyle} ${cspQuietStyle}`, 'csp-connect': [...origins, props.uploads].join(' ') },
    logGroup: addLog(scope, 'AdminLog'),
  });
}

const SCOPE = `openid email ${AUTHOR_SCOPE}`;

function thePool(scope: Construct, { state, url, issuer, clientId }: AdminProps) {
  const signOutUrl = `${state.loginUrl}/logout?client_id=${clientId}&logout_uri=${url}/admin/`;
  return {
    config: { issuer, clientId, scope: SCOPE, groupsClaim: 'cognito:groups', signOutUrl },
    origins: [`https://cognito-idp.${Stack.of(scope).region}.amazonaws.com`, state.loginUrl],
  };
}

function anotherProvider({ issuer, clientId, groupsClaim, signOutUrl, endpoints }: NonNullable<Settings['signIn']>) {
  return {
    config: { issuer, clientId, scope: SCOPE, groupsClaim, ...(signOutUrl ? { signOutUrl } : {}) },
    origins: [new URL(issuer).origin, ...endpoints],
  };
}
