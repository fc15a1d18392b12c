import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  ResourceServerScope,
  UserPool,
  UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { AUTHOR_SCOPE } from '../../functions/manifest.ts';
import { accept } from './accept.ts';

const GROUPS = ['author', 'moderator'];

/** Authors and moderators; commenters need no account. Nobody signs up: the owner invites. */
export function addAccounts(scope: Construct, stage: string): { pool: UserPool; loginUrl: string } {
  const pool = new UserPool(scope, 'Accounts', {
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    signInCaseSensitive: false,
    mfa: Mfa.OPTIONAL,
    mfaSecondFactor: { sms: false, otp: true },
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    featurePlan: FeaturePlan.ESSENTIALS,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  accept(pool, {
    'AwsSolutions-COG2': 'An authenticator is offered to every author; who writes alone may do without',
    'AwsSolutions-COG8': 'Plus is priced per user and month for attacks on open sign-up, which is off',
  });
  for (const group of GROUPS) {
    new CfnUserPoolGroup(scope, `Group-${group}`, { userPoolId: pool.userPoolId, groupName: group });
  }
  addScope(scope, pool);
  return { pool, loginUrl: addLogin(pool, stage) };
}

/** The scope that the routes of authors demand: an ID token has none, and so opens nothing. */
function addScope(scope: Construct, userPool: UserPool): void {
  const [identifier = '', scopeName = ''] = AUTHOR_SCOPE.split('/');
  const write = new ResourceServerScope({ scopeName, scopeDescription: 'Write and moderate' });
  new UserPoolResourceServer(scope, 'Scopes', { userPool, identifier, scopes: [write] });
}

/** The one name that must be unique in its region; the account's number makes it so. */
function addLogin(pool: UserPool, stage: string): string {
  const login = pool.addDomain('Login', {
    cognitoDomain: { domainPrefix: `stoa-${stage}-${Aws.ACCOUNT_ID}` },
    managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
  });
  return login.baseUrl();
}
