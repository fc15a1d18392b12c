import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { makeFolder } from './atomic-file.ts';
import { keyedQueue } from './keyed-queue.ts';
import { isKey, pathOfKey } from './object-key.ts';
import { S3Error } from './s3-error.ts';

export interface ObjectHeaders {
  contentType: string;
  cacheControl?: string;
  /** Without the x-amz-meta- prefix, in lower case. */
  metadata: Record<string, string>;
}

export interface ObjectHead extends ObjectHeaders {
  key: string;
  /** The body's MD5 in hex, in quotes. */
  etag: string;
  size: number;
  lastModified: Date;
}

export interface StoredObject extends ObjectHead {
  body: Buffer;
}

export interface PutConditions {
  ifMatch?: string;
  ifNoneMatch?: '*';
}

export interface Bucket {
  /** Throws S3Error: PreconditionFailed, NoSuchKey (ifMatch on a missing object), InvalidArgument. */
  put(
    key: string,
    body: string | Uint8Array,
    headers?: Partial<ObjectHeaders>,
    conditions?: PutConditions,
  ): Promise<{ etag: string }>;
  /** Undefined for what is missing, also under a key that nothing can have. */
  get(key: string): Promise<StoredObject | undefined>;
  head(key: string): Promise<ObjectHead | undefined>;
  /** Deleting what is missing is fine, unless `ifMatch` asks for it. Throws S3Error: PreconditionFailed, NoSuchKey. */
  delete(key: string, conditions?: { ifMatch?: string }): Promise<void>;
  /** In S3's order: by the keys' UTF-8 bytes. */
  list(prefix?: string): Promise<{ key: string; etag: string; size: number; lastModified: Date }[]>;
}

/**
 * A folder as an S3 bucket, for one process: the object `my-post/index.html` is the file of that name, which a person can open.
 * What S3 keeps beside the body lies in `<dir>.meta`, written first: a crash in between leaves the old body under new headers until
 * the next publishing. A key cannot also be the folder of other keys. Throws a one-line Error when the folder cannot be made.
 */
export const openBucket = (dir: string): Bucket => {
  const [meta, drafts] = [`${dir}.meta`, `${dir}.tmp`];
  rmSync(drafts, { recursive: true, force: true });
  for (const folder of [dir, meta, drafts]) makeFolder(folder);
  const queue = keyedQueue();
  const metaPath = (key: string) => `${pathOfKey(meta, key)}.json`;

  const replace = async (path: string, content: string | Uint8Array): Promise<void> => {
    const draft = join(drafts, randomUUID());
    await writeFile(draft, content);
    await mkdir(dirname(path), { recursive: true });
    await rename(draft, path);
  };

  const read = async (key: string): Promise<StoredObject | undefined> => {
    if (!isKey(key)) return undefined;
    const path = pathOfKey(dir, key);
    const body = await found(readFile(path));
    if (!body) return undefined;
    const headers = await found(readFile(metaPath(key), 'utf8'));
    const { mtime } = await stat(path);
    const known = headers ? (JSON.parse(headers) as ObjectHeaders) : WITHOUT_HEADERS;
    return { ...known, key, body, etag: etagOf(body), size: body.length, lastModified: mtime };
  };

  const expectMatch = async (key: string, asked: string): Promise<void> => {
    const current = await read(key);
    if (!current) throw new S3Error('NoSuchKey', 'The specified key does not exist.');
    if (![current.etag, current.etag.slice(1, -1), '*'].includes(asked)) throw preconditionFailed();
  };

  return {
    put: (key, body, headers = {}, { ifMatch, ifNoneMatch } = {}) =>
      queue.run(key, async () => {
        const path = pathOfKey(dir, key);
        const complete = checked({ ...WITHOUT_HEADERS, ...headers });
        if (ifNoneMatch !== undefined && (await read(key))) throw preconditionFailed();
        if (ifMatch !== undefined) await expectMatch(key, ifMatch);
        await replace(metaPath(key), JSON.stringify(complete)).catch(blocked);
        await replace(path, body).catch(blocked);
        return { etag: etagOf(body) };
      }),
    get: (key) => queue.run(key, () => read(key)),
    head: (key) =>
      queue.run(key, async () => {
        const object = await read(key);
        if (!object) return undefined;
        const { body: _, ...head } = object;
        return head;
      }),
    delete: (key, { ifMatch } = {}) =>
      queue.run(key, async () => {
        const path = pathOfKey(dir, key);
        if (ifMatch !== undefined) await expectMatch(key, ifMatch);
        await found(rm(path));
        await found(rm(metaPath(key)));
      }),
    async list(prefix = '') {
      const entries = await readdir(dir, { recursive: true, withFileTypes: true });
      const keys = entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .filter((key) => key.startsWith(prefix))
        .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      const listed = [];
      for (const key of keys) {
        const object = await queue.run(key, () => read(key));
        if (!object) continue;
        const { etag, size, lastModified } = object;
        listed.push({ key, etag, size, lastModified });
      }
      return listed;
    },
  };
};

const WITHOUT_HEADERS: ObjectHeaders = { contentType: 'application/octet-stream', metadata: {} };

const etagOf = (body: string | Uint8Array): string => `"${createHash('md5').update(body).digest('hex')}"`;

const preconditionFailed = () =>
  new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');

/** Headers go out as they are: nothing in them may end a line. */
const checked = ({ contentType, cacheControl, metadata }: ObjectHeaders): ObjectHeaders => {
  for (const value of [contentType, cacheControl ?? '', ...Object.keys(metadata), ...Object.values(metadata)]) {
    if (!/^[\x20-\x7e]*$/.test(value))
      throw new S3Error('InvalidArgument', 'headers and metadata must be printable ASCII');
  }
  return { contentType, ...(cacheControl !== undefined && { cacheControl }), metadata };
};

const MISSING = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ERR_FS_EISDIR']);

/** Undefined for what is no file. */
const found = <T>(reading: Promise<T>): Promise<T | undefined> =>
  reading.catch((error: NodeJS.ErrnoException) => {
    if (MISSING.has(error.code ?? '')) return undefined;
    throw error;
  });

const blocked = (error: NodeJS.ErrnoException): never => {
  if (!['EISDIR', 'ENOTDIR', 'EEXIST', 'ENOTEMPTY'].includes(error.code ?? '')) throw error;
  throw new S3Error('InvalidArgument', 'the object key is also the folder of other keys, which a folder cannot hold');
};
