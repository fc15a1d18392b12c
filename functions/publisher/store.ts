import { createHash } from 'node:crypto';
import { signedFetch } from '../signed-fetch.ts';
import type { Rendered } from './page.ts';

const CACHE = 'max-age=0, s-maxage=5, stale-while-revalidate=60';

export type ETag = string | null;

export interface Store {
  /** The ETag of what lies there; null for nothing. */
  etag(key: string): Promise<ETag>;
  /** Writes over exactly what `etag` saw. False: somebody else was there in between. */
  put(page: Rendered, over: ETag): Promise<boolean>;
}

/**
 * Pages in an S3 bucket, by signed fetch: the S3 client would be half of the publisher's bundle.
 * @param baseUrl of the bucket, without a trailing slash
 */
export function openStore(baseUrl: string, env: NodeJS.ProcessEnv = process.env): Store {
  // A PUT whose answer was lost and that is tried again finds its own work there: 412, and the page is looked at anew.
  const ask = signedFetch({ service: 's3' }, env);
  return {
    async etag(key) {
      const answer = await ask(`${baseUrl}/${key}`, { method: 'HEAD' });
      // Without ListBucket, S3 says 403 of what is not there.
      if (answer.status === 404 || answer.status === 403) return null;
      if (!answer.ok) throw new Error(`HEAD ${key} gave ${answer.status}`);
      return answer.headers.get('etag');
    },
    async put({ key, html, type = 'text/html', metadata }, over) {
      if (over === etagOf(html)) return true;
      const answer = await ask(`${baseUrl}/${key}`, {
        method: 'PUT',
        body: html,
        headers: {
          'content-type': `${type}; charset=utf-8`,
          'cache-control': CACHE,
          ...(over ? { 'if-match': over } : { 'if-none-match': '*' }),
          ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
        },
      });
      const text = await answer.text();
      if ([404, 409, 412].includes(answer.status)) return false;
      if (!answer.ok) throw new Error(`PUT ${key} gave ${answer.status}: ${text.slice(0, 200)}`);
      return true;
    },
  };
}

/** S3's ETag of an object put whole. */
const etagOf = (body: string) => `"${createHash('md5').update(body).digest('hex')}"`;
