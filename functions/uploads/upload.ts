import * as v from 'valibot';
import { IMAGE_LIMITS, IMAGE_TYPES, type ImageType } from '../domain/image.ts';

const TYPES = Object.keys(IMAGE_TYPES) as ImageType[];

/** A picture that is about to be sent, and what it says to whoever does not see it. */
export const upload = v.strictObject({
  type: v.picklist(TYPES, `must be one of ${TYPES.join(', ')}`),
  bytes: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1, 'must not be empty'),
    v.maxValue(IMAGE_LIMITS.bytes, `may be ${IMAGE_LIMITS.bytes} bytes`),
  ),
  alt: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(400, 'may have 400 characters')), ''),
});
