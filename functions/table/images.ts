import type { ImageType } from '../domain/image.ts';
import { imageKey } from './keys.ts';
import type { Table } from './table.ts';

/** A picture from the moment its upload was asked for. */
export interface ImageItem {
  id: string;
  state: 'waiting' | 'ready' | 'refused';
  type: ImageType;
  /** What it says to whoever does not see it. */
  alt: string;
  /** Who sends it. */
  account: string;
  at: string;
  /** Of the widest copy, once it is ready. */
  width?: number;
  height?: number;
  /** Why it was refused. */
  reason?: string;
}

/** Access pattern `announce an image`: PutItem. */
export async function announceImage(table: Table, image: ImageItem): Promise<void> {
  await table.put(imageKey(image.id), image);
}

/** Access pattern `image`: GetItem, consistent. */
export const findImage = (table: Table, id: string) => table.get<ImageItem>(imageKey(id));

/** Access pattern `settle an image`: UpdateItem while it waits. */
export async function settleImage(
  table: Table,
  id: string,
  outcome: { width: number; height: number } | { reason: string },
): Promise<void> {
  const refused = 'reason' in outcome;
  await table.update(imageKey(id), {
    set: refused ? '#state = :state, reason = :reason' : '#state = :state, width = :width, height = :height',
    condition: '#state = :waiting',
    names: { '#state': 'state' },
    values: {
      ':waiting': 'waiting',
      ':state': refused ? 'refused' : 'ready',
      ...(refused ? { ':reason': outcome.reason } : { ':width': outcome.width, ':height': outcome.height }),
    },
  });
}
