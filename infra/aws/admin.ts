import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { AUTHOR_SCOPE } from '../../functions/manifest.ts';
import { cspStyle } from '../../web/generated/assets.ts';
import { ROOT } from './bundling.ts';
import { addLog } from './lambda.ts';
import type { StateStack } from './state-stack.ts';

export interface AdminProps {
  state: StateStack;
  /** The site's origin. */
  url: string;
  issuer: string;
  clientId: string;
}

/**
 * The authors' room: its document, which says whom it may reach, and where authors sign in. Its scripts are among the
 * assets. CDK's function for it is that of the assets, and accepted there.
 */
export function addAdmin(scope: Construct, { state, url, issuer, clientId }: AdminProps): BucketDeployment {
  const { region } = Stack.of(scope);
  const config = {
    issuer,
    clientId,
    scope: `openid email ${AUTHOR_SCOPE}`,
    groupsClaim: 'cognito:groups',
    signOutUrl: `${state.loginUrl}/logout?client_id=${clientId}&logout_uri=${url}/admin/`,
  };
  return new BucketDeployment(scope, 'Admin', {
    sources: [Source.asset(join(ROOT, 'web/generated/admin')), Source.jsonData('config.json', config)],
    destinationBucket: state.pages,
    destinationKeyPrefix: 'admin/',
    prune: false,
    cacheControl: [CacheControl.noCache()],
    metadata: {
      'csp-style': cspStyle,
      'csp-connect': `https://cognito-idp.${region}.amazonaws.com ${state.loginUrl}`,
    },
    logGroup: addLog(scope, 'AdminLog'),
  });
}
