import { IMAGE_LIMITS } from '../domain/image.ts';
import { signedFetch } from '../signed-fetch.ts';
import type { Copy } from './copies.ts';

/** The uploads and the pages, as the images' function has them: by signed fetch, as the publisher has its pages. */
export function openBuckets({ uploadsUrl, bucketUrl }: { uploadsUrl: string; bucketUrl: string }, env = process.env) {
  const ask = signedFetch({ service: 's3' }, env);
  return {
    /** Null: it is not there any more. */
    async upload(key: string): Promise<Buffer | null> {
      const answer = await ask(`${uploadsUrl}/${key}`);
      if (answer.status === 404 || answer.status === 403) return null;
      if (!answer.ok) throw new Error(`GET of an upload gave ${answer.status}`);
      const file = Buffer.from(await answer.arrayBuffer());
      if (file.length > IMAGE_LIMITS.bytes) throw new Error('an upload is larger than its form allowed');
      return file;
    },
    async forget(key: string): Promise<void> {
      const answer = await ask(`${uploadsUrl}/${key}`, { method: 'DELETE' });
      if (!answer.ok) throw new Error(`DELETE of an upload gave ${answer.status}`);
    },
    async publish({ path, type, body }: Copy): Promise<void> {
      const headers = { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' };
      const answer = await ask(`${bucketUrl}${path}`, { method: 'PUT', body: new Uint8Array(body), headers });
      if (!answer.ok) throw new Error(`PUT ${path} gave ${answer.status}`);
    },
  };
}
