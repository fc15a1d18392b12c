import { join, resolve } from 'node:path';
import { readEnv } from '../../functions/env.ts';
import { republish } from '../../functions/publisher/everything.ts';
import { openPress, publishRecords } from '../../functions/publisher.ts';
import { readJob, saveJob } from '../../functions/table/jobs.ts';
import { openTable, type Table } from '../../functions/table/table.ts';
import { fingerprint } from '../local/assets.ts';
import { makeFolder } from '../local/atomic-file.ts';
import { connect, TABLE } from '../local/connection.ts';
import { findServer } from '../local/endpoint-file.ts';
import { Failure } from '../local/failure.ts';
import { keepSecrets } from '../local/secrets.ts';
import { readSettings, settingsPath } from '../settings-file.ts';
import { openFailureFolder } from './failure-folder.ts';
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
  await run(connected(dir, url)).catch((cause: Error) => {
    if (!wasCut(cause)) throw cause;
    throw new Failure(`the server on ${dir} went away: run the command again`, { cause });
  });
}

async function runAlone(dir: string, run: (session: Session) => Promise<void>): Promise<void> {
  const settings = readSettings(settingsPath(process.env));
  const { openPlatform } = await import('../local/platform.ts');
  const platform = await openPlatform(dir, settings);
  try {
    const session = connected(dir, '');
    await expectRebuild(session.table, settings);
    await run(session).finally(() => platform.drain());
  } finally {
    await platform.close();
  }
}

/** What a function would do on the server, this process does, with the same environment. */
function connected(dir: string, url: string): Session {
  return {
    table: openTable(TABLE),
    url,
    identityKey: async () => readEnv().identityKey,
    republish: () => republish(openPress(readEnv())),
    publish: (records) => publishRecords(openPress(readEnv()), records),
    failures: openFailureFolder(join(dir, 'failures')),
  };
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
