import { api } from '../api.ts';
import { Unreachable } from '../problem.ts';

export interface Sent {
  markdown: string;
  width: number;
  height: number;
}

interface UploadForm {
  id: string;
  url: string;
  fields: Record<string, string>;
}

interface Image {
  state: 'waiting' | 'ready' | 'refused';
  reason: string | null;
  width: number | null;
  height: number | null;
  markdown: string | null;
}

export const TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif'];
export const MOST_BYTES = 15_000_000;

/** A picture that is not taken, with the reason in words. */
export class PictureRefused extends Error {
  override name = 'PictureRefused';
}

/**
 * Sends a picture and waits until it is made ready. `onProgress` is told the share that is sent, 0 to 1. Throws
 * PictureRefused, Problem, Unreachable, SessionEnded or an AbortError.
 */
export async function sendPicture(
  file: File,
  alt: string,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Sent> {
  const form = await api.post<UploadForm>('/images', { type: file.type, bytes: file.size, alt });
  await post(form, file, onProgress, signal);
  return ready(form.id, signal);
}

/** What can be said before anything is sent; empty for a picture that may be. */
export function unfit({ type, size }: File): string {
  if (!TYPES.includes(type)) return 'It must be a JPEG, PNG, WebP, AVIF or GIF.';
  if (size > MOST_BYTES) return `It may have ${MOST_BYTES / 1_000_000} MB, and has ${(size / 1_000_000).toFixed(1)}.`;
  return size === 0 ? 'It is empty.' : '';
}

/** By XMLHttpRequest, since fetch tells nothing of how far it has come. */
function post({ url, fields }: UploadForm, file: File, onProgress: (share: number) => void, signal: AbortSignal) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  return new Promise<void>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status < 300) resolve();
      else
        reject(new PictureRefused(`The store refused it with ${request.status}. Is it the kind of picture it says?`));
    };
    request.onerror = () => reject(new Unreachable('the upload reached nobody'));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort());
    request.open('POST', url);
    request.send(form);
  });
}

const ASK_EVERY_MS = 700;
const MOST_ASKS = 60;

async function ready(id: string, signal: AbortSignal, asks = 0): Promise<Sent> {
  const { state, reason, markdown, width, height } = await api.get<Image>(`/images/${id}`, signal);
  if (state === 'refused') throw new PictureRefused(reason ?? 'It is not a picture that can be taken.');
  if (state === 'ready' && markdown) return { markdown, width: width ?? 0, height: height ?? 0 };
  if (asks >= MOST_ASKS) throw new PictureRefused('It takes too long to be made ready. Try it again later.');
  await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  signal.throwIfAborted();
  return ready(id, signal, asks + 1);
}
