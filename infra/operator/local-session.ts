import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { readEnv } from '../../functions/env.ts';
import { readKeys } from '../../functions/keys.ts';
import { writeLinesTo } from '../../functions/log.ts';
import { republish } from '../../functions/publisher/everything.ts';
import { openPress, publishRecords } from '../../functions/publisher.ts';
import { renew } from '../../functions/renew/everything.ts';
import { handler as slowLane } from '../../functions/slow-lane.ts';
import { readJob, saveJob } from '../../functions/table/jobs.ts';
import { openTable, type Table } from '../../functions/table/table.ts';
import { fingerprint } from '../local/assets.ts';
import { makeFolder } from '../local/atomic-file.ts';
import { connect, TABLE } from '../local/connection.ts';
import { findServer } from '../local/endpoint-file.ts';
import { Failure } from '../local/failure.ts';
import { openLogFile } from '../local/log-file.ts';
import { keepSecrets } from '../local/secrets.ts';
import { readSettings, settingsPath } from '../settings-file.ts';
import { openFailureFolder } from './failure-folder.ts';
import { localKeys } from './local-keys.ts';
import { openMedia } from './media-store.ts';
import { scan } from './scan.ts';
import type { Session } from './session.ts';

/**
 * Runs one command against the data folder: through the server that runs on it, else on a platform of its own, which
 * is closed only when all that was written is in the pages. Throws a Failure for a folder that another command holds.
 */
export async function withFolder(dataDir: string, run: (session: Session) => Promise<void>): Promise<void> {
  const dir = resolve(dataDir);
  makeFolder(dir);
  const secrets = keepSecrets(dir);
  const server = await findServer(dir, secrets.accessKey);
  if (!server) return runAlone(dir, run);
  const { url, tableUrl, bucketUrl, settings } = server;
  connect({ tableUrl, bucketUrl, settings, secrets });
  const log = openLogFile(join(dir, 'functions.log'));
  writeLinesTo(log.lines, log.errors);
  await run(connected(dir, url, bucketUrl)).catch((cause: Error) => {
    if (!wasCut(cause)) throw cause;
    throw new Failure(`the server on ${dir} went away: run the command again`, { cause });
  });
}

async function runAlone(dir: string, run: (session: Session) => Promise<void>): Promise<void> {
  const settings = readSettings(settingsPath(process.env));
  const { openPlatform } = await import('../local/platform.ts');
  const platform = await openPlatform(dir, settings);
  try {
    const session = connected(dir, '', platform.connection.bucketUrl);
    await expectRebuild(session.table, settings);
    await run(session).finally(() => platform.drain());
  } finally {
    await platform.close();
  }
}

/** What a function would do on the server, this process does, with the same environment. */
function connected(dir: string, url: string, bucketUrl: string): Session {
  const client = new DynamoDBClient({});
  const bucket = new S3Client({ bucketEndpoint: true, requestChecksumCalculation: 'WHEN_REQUIRED' });
  return {
    table: openTable(TABLE),
    url,
    identityKey: async () => readKeys().identityKey,
    keys: localKeys(dir, url !== ''),
    scan: () => scan(client, TABLE),
    restoring: openTable(TABLE, { mark: 'restore' }),
    media: openMedia(bucket, bucketUrl),
    republish: everythingAnew,
    followers: {
      publisher: (records) => publishRecords(openPress(readEnv()), records),
      slowLane: (records) => slowLane({ Records: [...records] }),
    },
    failures: openFailureFolder(join(dir, 'failures')),
  };
}

async function* everythingAnew(options?: { fresh?: boolean }) {
  for await (const _ of renew(openTable(TABLE), { fresh: true }));
  yield* republish(openPress(readEnv()), options);
}

/** Pages made here with other templates or settings than the server's last: it makes them all anew when it starts. */
async function expectRebuild(table: Table, settings: object): Promise<void> {
  const build = await readJob<string>(table, 'build');
  if (build !== null && build !== fingerprint(settings)) await saveJob(table, 'build', null);
}

const CUT = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

function wasCut(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return CUT.has((error as NodeJS.ErrnoException).code ?? '') || wasCut(error.cause);
}
