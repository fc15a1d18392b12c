import type { Node } from 'constructs';
import { Failure } from '../local/failure.ts';

/** How one Stoa differs from another in the same account, besides its settings. */
export interface Options {
  /** Part of the stacks' names, so that two fit into one account. */
  stage: string;
  /** Where the stacks go; needed only beside a certificate, which is always in us-east-1. */
  region: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Context (`-c stage=…`, or kept in cdk.json) before the environment. Throws a Failure naming what is wrong. */
export function readOptions(node: Pick<Node, 'tryGetContext'>, env: Variables): Options {
  const stage: unknown = node.tryGetContext('stage') || env.STOA_STAGE || 'prod';
  return { stage: readStage(String(stage)), region: env.CDK_DEFAULT_REGION ?? 'us-east-1' };
}

/** Cognito refuses a login address with `aws`, `amazon` or `cognito` in it. */
function readStage(stage: string): string {
  if (/^[a-z][a-z0-9-]{0,19}$/.test(stage) && !stage.endsWith('-') && !/aws|amazon|cognito/.test(stage)) return stage;
  throw new Failure(
    `the stage (STOA_STAGE, or -c stage) must be 1 to 20 of a-z, 0-9 and "-", without "aws", "amazon" or "cognito", got "${stage}": try "prod"`,
  );
}
