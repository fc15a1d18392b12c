import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { type FunctionName, manifest } from '../../functions/manifest.ts';
import { bundleOptions } from '../../infra/aws/bundling.ts';

export interface Bundle {
  name: FunctionName;
  code: Uint8Array;
  gzipped: number;
  /** May be; null: sharp is native code, and is not in the bundle. */
  limit: number | null;
  /** Bytes of minified code by package, the largest first. */
  parts: readonly [pkg: string, bytes: number][];
}

/** By what a function has to hold. */
const LIMITS = { plain: 115_000, sanitizer: 170_000 };

/** Every function's bundle, as it is deployed. */
export const makeBundles = (): Promise<Bundle[]> =>
  Promise.all((Object.keys(manifest) as FunctionName[]).map((name) => makeBundle(name)));

async function makeBundle(name: FunctionName): Promise<Bundle> {
  const options = { ...bundleOptions(manifest[name].entry), outfile: `${name}.mjs`, external: ['sharp'] };
  const { outputFiles, metafile } = await build({ ...options, write: false, metafile: true, logLevel: 'error' });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  const parts = partsOf(metafile);
  return { name, code, gzipped: gzipSync(code).length, limit: limitOf(parts, metafile), parts };
}

function partsOf({ outputs }: Metafile): [string, number][] {
  const sums = new Map<string, number>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const pkg = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? 'Stoa';
      sums.set(pkg, (sums.get(pkg) ?? 0) + bytesInOutput);
    }
  }
  return [...sums].toSorted(([, a], [, b]) => b - a);
}

function limitOf(parts: readonly [string, number][], { outputs }: Metafile): number | null {
  const imported = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  if (imported.includes('sharp')) return null;
  return LIMITS[kindOf(parts)];
}

function kindOf(parts: Bundle['parts']): keyof typeof LIMITS {
  return parts.some(([pkg]) => pkg === 'sanitize-html') ? 'sanitizer' : 'plain';
}
