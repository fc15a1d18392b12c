import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import type { FailureStore } from './failure-store.ts';

/** Of a deployed Stoa: Lambda's on-failure destination. */
export const openFailureBucket = (client: S3Client, Bucket: string): FailureStore => ({
  async names() {
    const names: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
      names.push(...Contents.flatMap(({ Key }) => (Key ? [Key] : [])));
    }
    return names;
  },
  async read(Key) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body?.transformToString()) ?? '';
  },
  async remove(Key) {
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
  },
});
