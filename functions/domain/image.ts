/** The pictures of articles: what is taken, and where the copies of one lie. Shared by the uploads, the renderer and the room. */

/** By the content type that a browser claims, what an image must be. */
export const IMAGE_TYPES = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'heif',
  'image/gif': 'gif',
} as const;

export type ImageType = keyof typeof IMAGE_TYPES;

/** Bytes of a file, pixels of an image. */
export const IMAGE_LIMITS = { bytes: 15_000_000, pixels: 50_000_000 } as const;
/** How many an account may send. */
export const IMAGE_RATE = { perMinute: 1, burst: 60 } as const;

const WIDTHS = [480, 960, 1440] as const;
const WIDEST = 1920;

/** How an article names a picture: its id and its size, which the page gives before it has loaded. */
export const mediaPath = (id: string, width: number, height: number) => `/media/${id}/${width}x${height}`;

const MEDIA = /^\/media\/([0-9a-f]{32})\/([1-9]\d{0,4})x([1-9]\d{0,4})$/;

export interface Media {
  id: string;
  width: number;
  height: number;
}

export function parseMedia(path: string): Media | null {
  const [, id, width, height] = MEDIA.exec(path) ?? [];
  return id ? { id, width: Number(width), height: Number(height) } : null;
}

/** The size at which a picture is shown at most. */
export function fitted(width: number, height: number): { width: number; height: number } {
  if (width <= WIDEST) return { width, height };
  return { width: WIDEST, height: Math.max(1, Math.round((height * WIDEST) / width)) };
}

/** The widths of its copies, narrow first; the last is its own. */
export const widthsOf = (width: number): number[] => [...WIDTHS.filter((narrow) => narrow < width), width];

/** The address of a copy, below the site's root. */
export const copyPath = (id: string, width: number, format: 'avif' | 'webp') => `/media/${id}/${width}.${format}`;
