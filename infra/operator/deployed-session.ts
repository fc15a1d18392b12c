import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBBatchResponse } from 'aws-lambda';
import type { Rebuilt } from '../../functions/republish.ts';
import { openTable } from '../../functions/table/table.ts';
import { inOneLine } from './aws-error.ts';
import { openFailureBucket } from './failure-bucket.ts';
import { readIdentityKey } from './identity-key.ts';
import { invoke } from './invoke.ts';
import { republishFrom } from './republish-from.ts';
import type { Session } from './session.ts';
import { findStage, type Stage } from './stage.ts';

/**
 * Runs one command against a deployed Stoa with the operator's own credentials: what it writes to the table becomes
 * pages by the stream. Throws a Failure for what AWS refuses.
 */
export async function withStage(name: string, run: (session: Session) => Promise<void>): Promise<void> {
  await inOneLine(async () => run(open(await findStage(name))));
}

function open(stage: Stage): Session {
  const table = openTable(stage.TableName);
  const lambda = new LambdaClient({});
  const rebuild = () => invoke<Rebuilt>(lambda, stage.RepublishFunction, {});
  return {
    table,
    url: stage.Url.replace(/\/$/, ''),
    identityKey: () => readIdentityKey(stage.IdentityParameter),
    republish: () => republishFrom(table, rebuild),
    publish: (Records) => invoke<DynamoDBBatchResponse>(lambda, stage.PublisherFunction, { Records }),
    failures: openFailureBucket(new S3Client({}), stage.FailuresBucket),
  };
}
