import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { CreateTableCommand, DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBBatchResponse } from 'aws-lambda';
import type { Settings } from '../../functions/domain/settings.ts';
import { writeLinesTo } from '../../functions/log.ts';
import { type FunctionName, type FunctionSpec, manifest } from '../../functions/manifest.ts';
import { tableDefinition } from '../../functions/table/schema.ts';
import { makeFolder } from './atomic-file.ts';
import { type Bucket, openBucket } from './bucket.ts';
import { startBucketServer } from './bucket-server.ts';
import { type Connection, connect, TABLE } from './connection.ts';
import { invoke, type LambdaHandler } from './invoke.ts';
import { openLogFile } from './log-file.ts';
import { type MailFolder, openMailFolder } from './mail-folder.ts';
import { startMailServer } from './mail-server.ts';
import { keepSecrets } from './secrets.ts';
import { startEventSource } from './table/event-source.ts';
import { startTable } from './table/table.ts';
import { startUploads } from './uploads.ts';

/** Of a server with the usual port: what mails of the operator's command lead to while none runs. */
const USUAL_URL = 'http://127.0.0.1:3000';

type Functions = Readonly<Record<FunctionName, LambdaHandler>>;

export type StartTable = typeof startTable;

export interface PlatformOptions {
  openTable?: StartTable | undefined;
  /** Where mails lead. */
  siteUrl?: string;
}

export interface Platform {
  connection: Connection;
  bucket: Bucket;
  mails: MailFolder;
  functions: Functions;
  /** Runs a function for a trigger other than a request. */
  run(name: FunctionName, event: object): Promise<unknown>;
  /** Resolves when all that was written before is in the pages and in the mails, or in the failure store. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The table with its stream, the bucket, the mails and the functions, on one machine, in one folder. Throws a Failure
 * for a folder that cannot be written, or that another process holds.
 */
export async function openPlatform(
  dataDir: string,
  settings: Settings,
  { openTable = startTable, siteUrl = USUAL_URL }: PlatformOptions = {},
): Promise<Platform> {
  const dir = resolve(dataDir);
  makeFolder(dir);
  const logFile = openLogFile(join(dir, 'functions.log'));
  writeLinesTo(logFile.lines, logFile.errors);
  const secrets = keepSecrets(dir);
  const table = await openTable({ dir: join(dir, 'table'), accessKey: secrets.accessKey });
  const bucket = openBucket(join(dir, 'bucket'));
  const bucketServer = await startBucketServer(bucket, { accessKey: secrets.accessKey });
  const mails = openMailFolder(join(dir, 'outbox'));
  const mailServer = await startMailServer(mails, { accessKey: secrets.accessKey });
  const uploadsSecret = randomBytes(32).toString('hex');
  const uploads = await startUploads(join(dir, 'uploads'), {
    accessKey: secrets.accessKey,
    secret: uploadsSecret,
    invoke: (event) => Promise.all(receivers.map((name) => run(name, event))),
  });
  const connection = {
    tableUrl: table.url,
    bucketUrl: bucketServer.url,
    uploadsUrl: uploads.url,
    uploadsSecret,
    mailUrl: mailServer.url,
    siteUrl,
    secrets,
    settings,
  };
  connect(connection);
  await createTable();

  const functions = await loadFunctions();
  const run: Platform['run'] = (name, event) =>
    invoke(functions[name], event, { name, spec: manifest[name], requestId: crypto.randomUUID() });
  await uploads.resume();
  const sources = names.flatMap((name) => {
    const { stream }: FunctionSpec = manifest[name];
    if (!stream) return [];
    const invokeBatch = (event: object) => run(name, event) as Promise<DynamoDBBatchResponse>;
    const failureDir = join(dir, 'failures');
    return [startEventSource({ name, log: table.log, trigger: stream, invoke: invokeBatch, failureDir })];
  });
  return {
    connection,
    bucket,
    mails,
    functions,
    run,
    drain: async () => {
      await uploads.drain();
      // What they write is an occasion again: a mail that is to be sent, the next step of a long sweep.
      for (let before = ''; before !== table.log.last(); ) {
        before = table.log.last();
        await Promise.all(sources.map((source) => source.drain()));
      }
    },
    close: async () => {
      await uploads.close();
      await Promise.all(sources.map((source) => source.close()));
      await bucketServer.close();
      await mailServer.close();
      await table.close();
    },
  };
}

async function createTable(): Promise<void> {
  try {
    await new DynamoDBClient({}).send(new CreateTableCommand(tableDefinition(TABLE)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}

const names = Object.keys(manifest) as FunctionName[];
const receivers = names.filter((name) => (manifest[name] as FunctionSpec).uploads);

/** The handlers themselves, from the manifest's entries. */
async function loadFunctions(): Promise<Functions> {
  const load = async (name: FunctionName) => {
    const module: { handler: LambdaHandler } = await import(
      new URL(`../../${manifest[name].entry}`, import.meta.url).href
    );
    return [name, module.handler];
  };
  return Object.fromEntries(await Promise.all(names.map(load)));
}
