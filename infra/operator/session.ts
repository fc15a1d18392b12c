import { resolve } from 'node:path';
import { openTable, type Table } from '../../functions/table/table.ts';
import { connect, TABLE } from '../local/connection.ts';
import { type Endpoint, readEndpoint } from '../local/endpoint-file.ts';
import { keepSecrets } from '../local/secrets.ts';
import { readSettings } from '../local/settings-file.ts';

export interface Session {
  table: Table;
  /** The server that runs on the data folder, or null: then the command brings the platform up itself. */
  server: Endpoint | null;
}

/**
 * Runs one command against the data folder: through the server that runs on it, else on a platform of its own, which
 * is closed only when all that was written is in the pages.
 */
export async function withSession<T>(dataDir: string, run: (session: Session) => Promise<T>): Promise<T> {
  const dir = resolve(dataDir);
  const server = readEndpoint(dir);
  if (server) {
    const { tableUrl, bucketUrl, settings } = server;
    connect({ tableUrl, bucketUrl, settings, secrets: keepSecrets(dir) });
    return run({ table: openTable(TABLE), server });
  }
  const { openPlatform } = await import('../local/platform.ts');
  const platform = await openPlatform(dir, readSettings(process.env.STOA_CONFIG || undefined));
  try {
    const result = await run({ table: openTable(TABLE), server: null });
    await platform.drain();
    return result;
  } finally {
    await platform.close();
  }
}
