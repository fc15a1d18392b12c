import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { RuleError } from './errors.ts';
import type { SafeHtml } from './sanitize.ts';

declare const packed: unique symbol;

/** SafeHtml, deflated, in base64. Made in this module and nowhere else. */
export type PackedHtml = string & { readonly [packed]: true };

/** Characters; an item of the table may have 409,600 bytes. */
export const MOST_PACKED = 400_000;

/** An article's HTML as the table keeps it. Throws RuleError 'post.invalid' where it would be too much for one item. */
export function pack(html: SafeHtml): PackedHtml {
  const text = deflateRawSync(html).toString('base64');
  if (text.length > MOST_PACKED) {
    throw new RuleError('post.invalid', { field: 'source', got: `${text.length} bytes, packed`, remedy: REMEDY });
  }
  return text as PackedHtml;
}

const REMEDY = `becomes a page of more than ${MOST_PACKED} bytes: make two articles of it`;

export const unpack = (text: PackedHtml): SafeHtml =>
  inflateRawSync(Buffer.from(text, 'base64')).toString() as SafeHtml;
