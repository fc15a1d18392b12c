import sharp, { type Sharp } from 'sharp';
import { copyPath, fitted, IMAGE_LIMITS, IMAGE_TYPES, type ImageType, widthsOf } from '../domain/image.ts';

/** What is not among these is never decoded: an SVG is a document, and other decoders are doors nobody needs. */
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif'].map((format) => `VipsForeignLoad${format}Buffer`),
});
/** A picture at a time: nothing to be kept for the next. */
sharp.cache(false);

export interface Copy {
  /** Below the site's root. */
  path: string;
  type: 'image/avif' | 'image/webp';
  body: Buffer;
}

/** Why a picture cannot be taken, in words for its author. */
export class Refusal extends Error {
  override name = 'Refusal';
}

/**
 * Turned upright, in a few widths and two formats, without any metadata. Of an animation, its first frame. Throws a
 * Refusal for a file that is not what its type claims, is too large, or is damaged.
 */
export async function copiesOf(id: string, file: Buffer, type: ImageType) {
  const size = await sizeOf(file, type);
  const { width, height } = fitted(size.width, size.height);
  const copies: Copy[] = [];
  for (const narrow of widthsOf(width)) {
    const picture = sharp(file, OPTIONS).autoOrient().resize({ width: narrow }).toColourspace('srgb');
    const avif = await encoded(picture.clone().avif({ quality: 55, effort: 2 }));
    const webp = await encoded(picture.clone().webp({ quality: 78 }));
    copies.push({ path: copyPath(id, narrow, 'avif'), type: 'image/avif', body: avif });
    copies.push({ path: copyPath(id, narrow, 'webp'), type: 'image/webp', body: webp });
  }
  return { width, height, copies };
}

const OPTIONS = { limitInputPixels: IMAGE_LIMITS.pixels, failOn: 'error' } as const;

async function sizeOf(file: Buffer, type: ImageType): Promise<{ width: number; height: number }> {
  const { format, autoOrient } = await sharp(file, OPTIONS)
    .metadata()
    .catch((cause) => {
      throw new Refusal(`It is no picture of a kind that is taken, or has more than ${MEGAPIXELS} megapixels.`, {
        cause,
      });
    });
  if (format !== IMAGE_TYPES[type]) throw new Refusal(`It says it is ${type}, and it is not.`);
  return autoOrient;
}

const MEGAPIXELS = IMAGE_LIMITS.pixels / 1_000_000;

const encoded = (picture: Sharp): Promise<Buffer> =>
  picture.toBuffer().catch((cause) => {
    throw new Refusal('It could not be read to its end: it may be damaged.', { cause });
  });
