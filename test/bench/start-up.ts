import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { bundleOptions, ROOT } from '../../infra/aws/bundling.ts';
import { type Bundle, kindOf } from './bundles.ts';
import type { Figure } from './figure.ts';

const ROUNDS = { quick: 7, whole: 21 };
/** The plan was 1.6 for all; what is compiled grows with the bundle. */
const LIMITS = { plain: 1.6, sanitizer: 2 };

/** The least that a function with a table can be. */
const HELLO = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
export const handler = async () => String(client.config.apiVersion);`;

/** Budget 7: what the import of each bundle takes of the processor, over that of HELLO: fresh processes, taking turns. */
export async function measureStartUp(bundles: readonly Bundle[], quick: boolean): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stoa-start-up-'));
  try {
    const hello = join(folder, 'hello.mjs');
    await makeHello(hello);
    const measured = bundles.filter(({ limit }) => limit !== null);
    const files = new Map(measured.map(({ name }) => [name, join(folder, `${name}.mjs`)]));
    for (const { name, code } of measured) await writeFile(files.get(name) ?? '', code);

    const times = new Map([hello, ...files.values()].map((file): [string, number[]] => [file, []]));
    for (let round = 0; round < (quick ? ROUNDS.quick : ROUNDS.whole); round++) {
      for (const [file, taken] of times) taken.push(await importTime(file));
    }
    const base = low(times.get(hello) ?? []);
    const told: Figure = {
      budget: 7,
      what: 'import of the DynamoDB client alone',
      value: round(base),
      unit: 'ms',
      limit: null,
      anchor: '',
    };
    return [
      told,
      ...measured.map(({ name, parts }): Figure => {
        const file = files.get(name) ?? '';
        const ratio = round(low(times.get(file) ?? []) / base);
        return {
          budget: 7,
          what: `… of ${name}, over it`,
          value: ratio,
          unit: 'times',
          limit: LIMITS[kindOf(parts)],
          anchor: '',
        };
      }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The lower quartile: other work on the machine adds, and never takes away. */
const low = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] ?? 0;

const round = (value: number) => Math.round(value * 100) / 100;

async function makeHello(outfile: string): Promise<void> {
  const { entryPoints: _, ...options } = bundleOptions('');
  await build({ ...options, outfile, stdin: { contents: HELLO, resolveDir: ROOT, loader: 'ts' } });
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
