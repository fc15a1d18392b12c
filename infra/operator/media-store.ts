import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';

/** Pictures lie in the pages' bucket under this; whatever else is there is made from the table. */
const PREFIX = 'media/';

export interface MediaObject {
  key: string;
  contentType: string;
  cacheControl?: string;
  metadata: Record<string, string>;
}

/** The site's pictures, which nothing but their upload can make. */
export interface MediaStore {
  keys(): AsyncIterable<string>;
  read(key: string): Promise<MediaObject & { body: Uint8Array }>;
  write(object: MediaObject, body: Uint8Array): Promise<void>;
}

export const openMedia = (client: S3Client, Bucket: string): MediaStore => ({
  async *keys() {
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix: PREFIX })) {
      for (const { Key } of Contents) if (Key) yield Key;
    }
  },
  async read(key) {
    const object = await client.send(new GetObjectCommand({ Bucket, Key: key }));
    return {
      key,
      contentType: object.ContentType ?? 'application/octet-stream',
      ...(object.CacheControl ? { cacheControl: object.CacheControl } : {}),
      metadata: object.Metadata ?? {},
      body: (await object.Body?.transformToByteArray()) ?? new Uint8Array(),
    };
  },
  async write({ key, contentType, cacheControl, metadata }, Body) {
    const headers = { ContentType: contentType, CacheControl: cacheControl, Metadata: metadata };
    await client.send(new PutObjectCommand({ Bucket, Key: key, Body, ...headers }));
  },
});
