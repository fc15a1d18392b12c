import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { Progress } from '../../functions/publisher/everything.ts';
import type { Table } from '../../functions/table/table.ts';
import type { FailureStore } from './failure-store.ts';
import type { KeyStore } from './keys.ts';
import type { MediaStore } from './media-store.ts';
import type { StoredItem } from './scan.ts';

/** A Stoa as the commands work with it, wherever it runs. */
export interface Session {
  table: Table;
  /** Where readers open the site, without a trailing slash; empty while nobody serves it. */
  url: string;
  /** Key of the HMAC that turns addresses into ids. */
  identityKey(): Promise<string>;
  keys: KeyStore;
  /** Everything in the table but conversations' segments, in no order. */
  scan(): AsyncIterable<StoredItem[]>;
  /** A handle for what was written elsewhere before: nothing is published or mailed by it, and a full table is waited for. */
  restoring: Table;
  media: MediaStore;
  /** Makes HTML of another policy anew, then every page from the table, and tells how far it is with those. `fresh`: not from where another run was stopped. */
  republish(options?: { fresh?: boolean }): AsyncIterable<Progress>;
  /** Hands stream records to a function that follows the stream, by the name that it has in this place. */
  followers: Readonly<Record<string, (records: readonly DynamoDBRecord[]) => Promise<DynamoDBBatchResponse>>>;
  failures: FailureStore;
}

/** Of the Stoa that a command is for. */
export interface Whereabouts {
  /** The data folder. */
  data: string;
  /** A deployed Stoa, in place of the data folder. */
  stage?: string | undefined;
}
