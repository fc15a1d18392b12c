import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type BuildOptions, build } from 'esbuild';
import { bundleOptions, ROOT } from '../../infra/aws/bundling.ts';
import type { Bundle } from './bundles.ts';
import type { Figure } from './figure.ts';

const ROUNDS = { quick: 7, whole: 21 };
/** The plan was 1.6. What a bundle leaves out of the client pays for what else it brings. */
const LIMIT = 1.1;

/** The table's client as it comes, with nothing left out. */
const HELLO = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
export const handler = async () => String(client.config.apiVersion);`;

/** Budget 7: what the import of each bundle takes of the processor, over that of HELLO: fresh processes, taking turns. */
export async function measureStartUp(bundles: readonly Bundle[], quick: boolean): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stoa-start-up-'));
  try {
    const hello = join(folder, 'hello.mjs');
    const lean = join(folder, 'lean.mjs');
    await makeHello(hello, {});
    await makeHello(lean, bundleOptions(''));
    const measured = bundles.filter(({ limit }) => limit !== null);
    const files = new Map(measured.map(({ name }) => [name, join(folder, `${name}.mjs`)]));
    for (const { name, code } of measured) await writeFile(files.get(name) ?? '', code);

    const times = new Map([hello, lean, ...files.values()].map((file): [string, number[]] => [file, []]));
    for (let round = 0; round < (quick ? ROUNDS.quick : ROUNDS.whole); round++) {
      for (const [file, all] of times) all.push(await importTime(file));
    }
    const taken = (file: string) => low(times.get(file) ?? []);
    const over = (what: string, file: string, limit: number | null): Figure => ({
      budget: 7,
      what,
      value: round(taken(file) / taken(hello)),
      unit: 'times',
      limit,
      anchor: '',
    });
    const what = 'import of the DynamoDB client alone';
    return [
      { budget: 7, what, value: round(taken(hello)), unit: 'ms', limit: null, anchor: '' },
      over('… of what the bundles have of it, over that', lean, null),
      ...measured.map(({ name }) => over(`… of ${name}, over it`, files.get(name) ?? '', LIMIT)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The lower quartile: other work on the machine adds, and never takes away. */
const low = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? 0;

const round = (value: number) => Math.round(value * 100) / 100;

async function makeHello(outfile: string, { alias = {} }: Pick<BuildOptions, 'alias'>): Promise<void> {
  const { entryPoints: _, ...options } = bundleOptions('');
  await build({ ...options, alias, outfile, stdin: { contents: HELLO, resolveDir: ROOT, loader: 'ts' } });
}

const TIMED =
  'const before = process.cpuUsage(); await import(process.argv[1]); const { user, system } = process.cpuUsage(before); console.log((user + system) / 1000);';

/** Milliseconds of CPU, of a process without a compile cache. */
async function importTime(file: string): Promise<number> {
  const env = { PATH: process.env.PATH, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'a' };
  const args = ['--input-type=module', '--eval', TIMED, pathToFileURL(file).href];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return Number(stdout);
}
