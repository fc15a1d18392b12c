import { log } from '../../log.ts';
import type { Ask, Opinion } from './question.ts';

/** Of an answer; no opinion is longer. */
const BYTES = 1_000;

/**
 * One request, within `seconds` all in all, that follows no redirect. Whatever goes wrong, a person decides: refused, late,
 * away, or not to be read.
 */
export async function opinionOf({ url, headers, body, read }: Ask, seconds: number): Promise<Opinion> {
  try {
    const signal = AbortSignal.timeout(seconds * 1000);
    const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    if (!answer.ok) {
      await answer.body?.cancel();
      throw new Error(`it answered ${answer.status}`);
    }
    return read(answer.status, await textOf(answer));
  } catch (cause) {
    log.error('no second opinion', {}, cause);
    return 'hold';
  }
}

async function textOf({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body ?? []) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > BYTES) throw new Error(`it answered more than ${BYTES} bytes`);
  }
  return Buffer.concat(pieces).toString();
}
