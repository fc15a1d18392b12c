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

const pathIn = (dataDir: string) => join(dataDir, 'endpoint.json');

export const writeEndpoint = (dataDir: string, endpoint: Endpoint) =>
  writeAtomically(pathIn(dataDir), JSON.stringify(endpoint));

export const removeEndpoint = (dataDir: string) => rmSync(pathIn(dataDir), { force: true });

/** Null where no server runs on this folder; the file of one that was killed counts for nothing. */
export function readEndpoint(dataDir: string): Endpoint | null {
  const path = pathIn(dataDir);
  if (!existsSync(path)) return null;
  const endpoint = JSON.parse(readFileSync(path, 'utf8')) as Endpoint;
  return isAlive(endpoint.pid) ? endpoint : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
