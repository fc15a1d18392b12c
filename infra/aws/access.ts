import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Settings } from '../../functions/domain/settings.ts';
import type { FunctionSpec, SecretName } from '../../functions/manifest.ts';
import { type KeyName, parameterArn } from './identity-key.ts';
import type { Mail } from './mail.ts';
import type { StateStack } from './state-stack.ts';

export interface Resources {
  state: StateStack;
  settings: Settings;
  originSecrets: readonly string[];
  mail: Mail | null;
  uploads: Bucket;
}

interface Grant {
  statements: PolicyStatement[];
  environment: Record<string, string>;
}

/** Written by deployments alone: a page's script is not the publisher's to change. */
const DEPLOYED = ['assets', 'admin'];
/** Written by the pictures' function alone. */
const MEDIA = 'media';

/** What a function's manifest entry gives it: the permission and the variable that names its object, together. */
export function grantOf(scope: Construct, spec: FunctionSpec, resources: Resources): Grant {
  const { table, indexes = [], bucket = [], media = [], uploads = [], secrets = [] } = spec.access;
  const grants = [
    ...(table.length > 0 ? [tableGrant(resources, table, indexes)] : []),
    ...(bucket.length > 0 ? [bucketGrant(resources, bucket)] : []),
    ...(media.length > 0 ? [mediaGrant(resources, media)] : []),
    ...(uploads.length > 0 ? [uploadsGrant(resources, uploads)] : []),
    ...secrets.map((secret) => SECRETS[secret](scope, resources)),
    ...(spec.stream ? [streamGrant(resources)] : []),
    ...(spec.access.mail && resources.mail ? [mailGrant(resources.mail)] : []),
  ];
  const { aws: _, ...settings } = resources.settings;
  return {
    statements: grants.flatMap(({ statements }) => statements),
    environment: Object.assign(
      { STOA_SETTINGS: JSON.stringify(settings) },
      ...grants.map(({ environment }) => environment),
    ),
  };
}

type Access = FunctionSpec['access'];

function tableGrant({ state }: Resources, actions: Access['table'], indexes: readonly string[]): Grant {
  const { tableArn, tableName } = state.table;
  const statements = [allow('dynamodb', actions, [tableArn])];
  if (indexes.length > 0) {
    const arns = indexes.map((index) => `${tableArn}/index/${index}`);
    statements.push(allow('dynamodb', ['Query'], arns));
  }
  return { statements, environment: { STOA_TABLE: tableName } };
}

function bucketGrant({ state }: Resources, actions: NonNullable<Access['bucket']>): Grant {
  const { bucketArn, bucketRegionalDomainName } = state.pages;
  const deployed = [...DEPLOYED, MEDIA].map((prefix) => `${bucketArn}/${prefix}/*`);
  const keep = new PolicyStatement({
    effect: Effect.DENY,
    actions: ['s3:PutObject', 's3:DeleteObject'],
    resources: deployed,
  });
  return {
    statements: [allow('s3', actions, [`${bucketArn}/*`]), keep],
    environment: { STOA_BUCKET_URL: `https://${bucketRegionalDomainName}` },
  };
}

function mediaGrant({ state }: Resources, actions: NonNullable<Access['media']>): Grant {
  const { bucketArn, bucketRegionalDomainName } = state.pages;
  return {
    statements: [allow('s3', actions, [`${bucketArn}/${MEDIA}/*`])],
    environment: { STOA_BUCKET_URL: `https://${bucketRegionalDomainName}` },
  };
}

function uploadsGrant({ uploads }: Resources, actions: NonNullable<Access['uploads']>): Grant {
  return {
    statements: [allow('s3', actions, [uploads.arnForObjects('*')])],
    environment: { STOA_UPLOADS_URL: originOf(uploads) },
  };
}

/** Where browsers send pictures, and functions find them. */
export const originOf = (uploads: Bucket): string => `https://${uploads.bucketRegionalDomainName}`;

const SECRETS: Record<SecretName, (scope: Construct, resources: Resources) => Grant> = {
  identity: key('identity'),
  address: key('address'),
  proof: key('proof'),
  unsubscribe: key('unsubscribe'),
  opinion: opinionGrant,
  origin: (_scope, { originSecrets }) => ({
    statements: [],
    environment: { STOA_ORIGIN_SECRETS: originSecrets.join(',') },
  }),
};

/** Encrypted with aws/ssm, whose own policy lets whoever may read the parameter decrypt it. */
function key(name: KeyName) {
  return (scope: Construct, { state }: Resources): Grant => ({
    statements: [allow('ssm', ['GetParameter'], [parameterArn(scope, state.keys[name])])],
    environment: { [`STOA_${name.toUpperCase()}_PARAMETER`]: state.keys[name] },
  });
}

/** Where the settings name a service; it is told where the site is. Throws an Error while the site has no address. */
function opinionGrant(scope: Construct, resources: Resources): Grant {
  const { opinion, site } = resources.settings;
  if (!opinion) return { statements: [], environment: {} };
  if (!site.address) throw new Error('opinion is set, and the site has no address: set site.address, or a domain');
  const { statements, environment } = key('opinion')(scope, resources);
  return { statements, environment: { ...environment, STOA_URL: site.address } };
}

/** From one address, through one configuration set. */
function mailGrant({ from, identityArn, setArn, setName, url }: Mail): Grant {
  const send = allow('ses', ['SendEmail'], [identityArn, setArn]);
  send.addCondition('StringEquals', { 'ses:FromAddress': from });
  return { statements: [send], environment: { STOA_MAIL_SET: setName, STOA_URL: url } };
}

/** What Lambda does in the function's name: follow the stream, and put aside what it gave up on. */
function streamGrant({ state }: Resources): Grant {
  const stream = state.table.tableStreamArn ?? '';
  return {
    statements: [
      allow('dynamodb', ['DescribeStream', 'GetRecords', 'GetShardIterator'], [stream]),
      allow('dynamodb', ['ListStreams'], ['*']),
      allow('s3', ['PutObject'], [`${state.failures.bucketArn}/*`]),
      allow('s3', ['ListBucket'], [state.failures.bucketArn]),
    ],
    environment: {},
  };
}

const allow = (service: string, actions: readonly string[], resources: string[]): PolicyStatement =>
  new PolicyStatement({ actions: actions.map((action) => `${service}:${action}`), resources });
