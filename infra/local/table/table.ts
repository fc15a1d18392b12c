import { join } from 'node:path';
import { startEmbedded } from './embedded.ts';
import { recorder } from './recorder.ts';
import { openStreamLog, type StreamLog } from './stream-log.ts';
import { startTap } from './tap.ts';

export interface LocalTable {
  /** The endpoint for DynamoDB clients that sign with the access key. */
  url: string;
  log: StreamLog;
  /** Answers what is running, then lets go of the folder. */
  close(): Promise<void>;
}

/**
 * DynamoDB with a stream, in this process, its data in `dir`. Tables are made by the caller, through `url`. What was
 * acknowledged outlives kill -9, with its stream record. No TTL, transactions or batch writes.
 * Throws a one-line Error when the folder cannot be written or another process holds it.
 */
export const startTable = async ({ dir, accessKey }: { dir: string; accessKey: string }): Promise<LocalTable> => {
  const embedded = await startEmbedded(join(dir, 'items'));
  try {
    const log = openStreamLog(join(dir, 'stream'));
    const writes = recorder(embedded, log);
    await writes.recover();
    const tap = await startTap(embedded, writes, accessKey);
    return {
      url: tap.url,
      log,
      async close() {
        await tap.close();
        log.close();
        await embedded.close();
      },
    };
  } catch (error) {
    await embedded.close();
    throw error;
  }
};
