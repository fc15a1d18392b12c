import type { EventBridgeEvent } from 'aws-lambda';
import { readEnv } from './env.ts';
import { openBuckets } from './images/bucket.ts';
import { copiesOf, Refusal } from './images/copies.ts';
import { findImage, settleImage } from './table/images.ts';
import { openTable } from './table/table.ts';

/** S3's own event, as far as it is read here. */
export type Uploaded = EventBridgeEvent<'Object Created', { object: { key: string } }>;

/** Makes of an upload the copies that pages show, then lets the upload go. Repeated, it comes to the same. */
export async function handler({ detail }: Pick<Uploaded, 'detail'>): Promise<void> {
  const env = readEnv();
  const table = openTable(env.table);
  const buckets = openBuckets(env);
  const id = detail.object.key;
  const [image, file] = await Promise.all([findImage(table, id), buckets.upload(id)]);
  if (file === null) return;
  if (image?.state === 'waiting') {
    try {
      const { width, height, copies } = await copiesOf(id, file, image.type);
      for (const copy of copies) await buckets.publish(copy);
      await settleImage(table, id, { width, height });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await settleImage(table, id, { reason: error.message });
    }
  }
  await buckets.forget(id);
}
