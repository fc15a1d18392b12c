import type { Node } from 'constructs';

/** How one Stoa differs from another in the same account, besides its settings. */
export interface Options {
  /** Part of the stacks' names, so that two fit into one account. */
  stage: string;
  /** The site's own name, and the hosted zone it lies in; CloudFront's name without it. */
  domain?: { name: string; zoneId: string };
  /** Raised by one to rotate the origin secret: this one is sent, this one and the one before are accepted. */
  originSecret: number;
  /** Where the stacks go; needed only beside a certificate, which is always in us-east-1. */
  region: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Context (`-c stage=…`, or kept in cdk.json) before the environment. Throws an Error naming what is wrong. */
export function readOptions(node: Pick<Node, 'tryGetContext'>, env: Variables): Options {
  const given = (name: string, variable: string): string | undefined => {
    const value: unknown = node.tryGetContext(name) ?? env[variable];
    return value === undefined || value === '' ? undefined : String(value);
  };
  const domain = readDomain(given('domain', 'STOA_DOMAIN'), given('zone', 'STOA_ZONE'));
  return {
    stage: readStage(given('stage', 'STOA_STAGE') ?? 'prod'),
    ...(domain ? { domain } : {}),
    originSecret: readCount(given('originSecret', 'STOA_ORIGIN_SECRET') ?? '1'),
    region: env.CDK_DEFAULT_REGION ?? 'us-east-1',
  };
}

/** Cognito refuses a login address with `aws`, `amazon` or `cognito` in it. */
function readStage(stage: string): string {
  if (/^[a-z][a-z0-9-]{0,19}$/.test(stage) && !stage.endsWith('-') && !/aws|amazon|cognito/.test(stage)) return stage;
  throw new Error(`stage must be 1 to 20 of a-z, 0-9 and "-", without "aws" or "cognito", got "${stage}": try "prod"`);
}

function readDomain(name: string | undefined, zoneId: string | undefined): Options['domain'] {
  if (name && zoneId) return { name, zoneId };
  if (name) throw new Error(`domain is ${name}, and its hosted zone is not named: add the id, -c zone=Z…`);
  if (zoneId) throw new Error(`zone is ${zoneId}, and the domain is not named: add it, -c domain=blog.example.org`);
  return undefined;
}

function readCount(text: string): number {
  if (/^[1-9][0-9]{0,5}$/.test(text)) return Number(text);
  throw new Error(`originSecret must be a whole number from 1, got "${text}"`);
}
