import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import { Failure } from '../../local/failure.ts';
import { FORMAT, MANIFEST, type Manifest, manifest } from './manifest.ts';

export interface ExportReader {
  /** The same for the same export alone. */
  id: string;
  manifest: Manifest;
  has(path: string): boolean;
  text(path: string): Promise<string>;
  bytes(path: string): Promise<Buffer>;
  /** The lines of a file, without their ends; none of a file that is not there. */
  lines(path: string): AsyncIterable<string>;
}

/** Throws a Failure for what is no whole export, was changed since it was made, or is of a newer format. */
export async function openExport(dir: string): Promise<ExportReader> {
  const text = await readFile(join(dir, MANIFEST), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT' && cause.code !== 'ENOTDIR') throw cause;
    throw new Failure(`${dir} is no whole export: it has no ${MANIFEST}, which is written last. Export again`, {
      cause,
    });
  });
  const read = readManifest(dir, text);
  for (const file of read.files) await check(dir, file);
  const paths = new Set(read.files.map((file) => file.path));
  return {
    id: sha256(text),
    manifest: read,
    has: (path) => paths.has(path),
    text: (path) => readFile(join(dir, path), 'utf8'),
    bytes: (path) => readFile(join(dir, path)),
    lines: (path) => (paths.has(path) ? linesOf(join(dir, path)) : none()),
  };
}

function readManifest(dir: string, text: string): Manifest {
  const given = v.safeParse(v.pipe(v.string(), v.parseJson(), v.looseObject({ format: v.number() })), text);
  if (given.success && given.output.format > FORMAT)
    throw new Failure(
      `${dir} is an export of format ${given.output.format}, and this version reads ${FORMAT}: restore with a newer one`,
    );
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), manifest), text);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new Failure(`${join(dir, MANIFEST)} is spoilt: ${v.getDotPath(issue) ?? 'it'}: ${issue.message}`);
}

async function check(dir: string, { path, bytes, sha256: expected }: Manifest['files'][number]): Promise<void> {
  const hash = createHash('sha256');
  const stream = createReadStream(join(dir, path));
  await pipeline(stream, hash).catch((cause: NodeJS.ErrnoException) => {
    throw new Failure(
      `${path} of the export cannot be read: ${cause.code === 'ENOENT' ? 'it is missing' : cause.message}`,
      { cause },
    );
  });
  if (stream.bytesRead !== bytes || hash.digest('hex') !== expected)
    throw new Failure(`${path} is not as it was exported: put the export's own file back`);
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Parted by line feeds alone: JSON lets U+2028 stand in a string, and readline ends a line with it. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of createReadStream(path, 'utf8')) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest) yield rest;
}

async function* none(): AsyncGenerator<string> {}
