import { copyPath, parseMedia, widthsOf } from './image.ts';

/** The column's width on a wide screen; on a narrow one a picture is as wide as the screen. */
const SIZES = '(min-width: 40.5rem) 38rem, 100vw';

/**
 * A picture of Stoa's own, with its size, so that nothing jumps when it comes. Null for an address elsewhere.
 * @param eager the first of an article, which a reader may see at once
 */
export function pictureHtml(src: string, { alt, eager }: { alt: string; eager: boolean }): string | null {
  const media = parseMedia(src);
  if (!media) return null;
  const { id, width, height } = media;
  const set = (format: 'avif' | 'webp') =>
    widthsOf(width)
      .map((w) => `${copyPath(id, w, format)} ${w}w`)
      .join(', ');
  const lazy = eager ? '' : ' loading="lazy"';
  return [
    `<picture><source type="image/avif" srcset="${set('avif')}" sizes="${SIZES}">`,
    `<img src="${copyPath(id, width, 'webp')}" srcset="${set('webp')}" sizes="${SIZES}"`,
    ` width="${width}" height="${height}" alt="${alt}"${lazy}></picture>`,
  ].join('');
}
