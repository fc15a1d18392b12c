import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Renewed } from '../../functions/renew.ts';
import type { Rebuilt } from '../../functions/republish.ts';
import { openTable } from '../../functions/table/table.ts';
import { inOneLine } from './aws-error.ts';
import { deployedKeys, readKey } from './deployed-keys.ts';
import { openFailureBucket } from './failure-bucket.ts';
import { invoke } from './invoke.ts';
import { openMedia } from './media-store.ts';
import { republishFrom } from './republish-from.ts';
import { scan } from './scan.ts';
import type { Session } from './session.ts';
import { findStage, type Stage } from './stage.ts';

/**
 * Runs one command against a deployed Stoa with the operator's own credentials: what it writes to the table becomes
 * pages by the stream. Throws a Failure for what AWS refuses.
 */
export async function withStage(name: string, run: (session: Session) => Promise<void>): Promise<void> {
  await inOneLine(async () => run(open(await findStage(name))));
}

/** The table's ceiling is low, and a restoration long. */
const PATIENT = { maxAttempts: 30, retryMode: 'adaptive' } as const;

function open(stage: Stage): Session {
  const table = openTable(stage.TableName);
  const lambda = new LambdaClient({});
  const renew = (fresh: boolean) => invoke<Renewed>(lambda, stage.RenewFunction, { fresh });
  const rebuild = (fresh: boolean) => invoke<Rebuilt>(lambda, stage.RepublishFunction, { fresh });
  const s3 = new S3Client({});
  return {
    table,
    url: stage.Url.replace(/\/$/, ''),
    identityKey: () => readKey(stage.IdentityParameter),
    keys: deployedKeys(stage),
    scan: () => scan(new DynamoDBClient({}), stage.TableName),
    restoring: openTable(stage.TableName, { client: new DynamoDBClient(PATIENT), mark: 'restore' }),
    media: openMedia(s3, stage.PagesBucket),
    republish: async function* ({ fresh = false } = {}) {
      for (let first = true; !(await renew(first)).finished; first = false);
      yield* republishFrom(table, rebuild, { fresh });
    },
    followers: Object.fromEntries(
      [stage.PublisherFunction, stage.SlowLaneFunction].map((name) => [
        name,
        (Records: readonly DynamoDBRecord[]) => invoke<DynamoDBBatchResponse>(lambda, name, { Records }),
      ]),
    ),
    failures: openFailureBucket(s3, stage.FailuresBucket),
  };
}
