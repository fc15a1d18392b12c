import { AwsClient } from 'aws4fetch';
import { IMAGE_LIMITS } from '../domain/image.ts';
import type { Copy } from './copies.ts';

/** The uploads and the pages, as the images' function has them: by signed fetch, as the publisher has its pages. */
export function openBuckets({ uploadsUrl, bucketUrl }: { uploadsUrl: string; bucketUrl: string }, env = process.env) {
  const aws = new AwsClient({
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    ...(env.AWS_SESSION_TOKEN ? { sessionToken: env.AWS_SESSION_TOKEN } : {}),
    service: 's3',
    region: env.AWS_REGION ?? 'us-east-1',
  });
  return {
    /** Null: it is not there any more. */
    async upload(key: string): Promise<Buffer | null> {
      const answer = await aws.fetch(`${uploadsUrl}/${key}`);
      if (answer.status === 404 || answer.status === 403) return null;
      if (!answer.ok) throw new Error(`GET of an upload gave ${answer.status}`);
      const file = Buffer.from(await answer.arrayBuffer());
      if (file.length > IMAGE_LIMITS.bytes) throw new Error('an upload is larger than its form allowed');
      return file;
    },
    async forget(key: string): Promise<void> {
      const answer = await aws.fetch(`${uploadsUrl}/${key}`, { method: 'DELETE' });
      if (!answer.ok) throw new Error(`DELETE of an upload gave ${answer.status}`);
    },
    async publish({ path, type, body }: Copy): Promise<void> {
      const headers = { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' };
      const answer = await aws.fetch(`${bucketUrl}${path}`, { method: 'PUT', body: new Uint8Array(body), headers });
      if (!answer.ok) throw new Error(`PUT ${path} gave ${answer.status}`);
    },
  };
}
