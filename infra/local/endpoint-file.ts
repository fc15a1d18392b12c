import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../../functions/domain/settings.ts';
import { writeAtomically } from './atomic-file.ts';

/** A running server, as the operator's command finds it. */
export interface Endpoint {
  pid: number;
  /** Where readers open the site. */
  url: string;
  tableUrl: string;
  bucketUrl: string;
  settings: Settings;
  login: { issuer: string; clientId: string; redirectUri: string };
}

const PATIENCE_MS = 5000;

const pathIn = (dataDir: string) => join(dataDir, 'endpoint.json');

export const writeEndpoint = (dataDir: string, endpoint: Endpoint) =>
  writeAtomically(pathIn(dataDir), JSON.stringify(endpoint));

export const removeEndpoint = (dataDir: string) => rmSync(pathIn(dataDir), { force: true });

/**
 * Null where no server runs on this folder. The file of one that was killed counts for nothing, whoever has its pid or its
 * port by now: its table must answer to this folder's access key.
 */
export async function findServer(dataDir: string, accessKey: string): Promise<Endpoint | null> {
  const endpoint = readEndpoint(pathIn(dataDir));
  return endpoint && (await answers(endpoint.tableUrl, accessKey)) ? endpoint : null;
}

function readEndpoint(path: string): Endpoint | null {
  try {
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Endpoint) : null;
  } catch {
    return null;
  }
}

async function answers(tableUrl: string, accessKey: string): Promise<boolean> {
  try {
    const response = await fetch(tableUrl, {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${accessKey}/`,
        'x-amz-target': 'DynamoDB_20120810.ListTables',
      },
      body: '{}',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { TableNames } = (await response.json()) as { TableNames?: unknown };
    return response.ok && Array.isArray(TableNames);
  } catch {
    return false;
  }
}
