import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** AWS's own package of DynamoDB Local, for its Amplify command line. */
const PACKAGE = 'amplify-dynamodb-simulator@2.9.30';
const INTEGRITY = 'sha512-xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ==';

const CACHE = fileURLToPath(new URL('../../.cache/', import.meta.url));
const HOME = join(CACHE, PACKAGE);

const FETCH_MS = 300_000;

const run = promisify(execFile);

/** The folder with DynamoDBLocal.jar and its libraries, fetched once. It appears whole or not at all. */
export async function dynamoDbLocal(): Promise<string> {
  if (!existsSync(HOME)) await fetchInto(HOME);
  return join(HOME, 'package/emulator');
}

async function fetchInto(home: string): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const aside = await mkdtemp(join(CACHE, 'fetching-'));
  try {
    const packed = ['pack', PACKAGE, '--json', '--pack-destination', aside];
    const { stdout } = await run('npm', packed, { timeout: FETCH_MS, cwd: aside });
    const archive = join(aside, filenameIn(stdout));
    const got = `sha512-${createHash('sha512')
      .update(await readFile(archive))
      .digest('base64')}`;
    if (got !== INTEGRITY) throw new Error(`${PACKAGE} is not the one that was pinned: ${got}`);
    await run('tar', ['-xzf', archive, '-C', aside]);
    await rm(archive);
    await rename(aside, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** npm gives a list, or, from its version 12 on, an object by package. */
function filenameIn(json: string): string {
  const [packed] = Object.values(JSON.parse(json) as Record<string, { filename: string }>);
  if (!packed) throw new Error(`npm pack made nothing of ${PACKAGE}`);
  return packed.filename;
}
