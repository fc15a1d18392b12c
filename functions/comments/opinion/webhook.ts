import { createHmac } from 'node:crypto';
import * as v from 'valibot';
import type { Ask, Question } from './question.ts';

const NOTHING_TO_SAY = 204;
const answer = v.pipe(v.string(), v.parseJson(), v.object({ verdict: v.picklist(['ham', 'spam', 'hold']) }));

/** An address of the operator's own: JSON, signed as docs/second-opinion.md says. No address of the writer is in it. */
export function askWebhook(key: string, question: Question, { url, now }: { url: string; now: Date }): Ask {
  const body = JSON.stringify(question);
  return {
    url,
    headers: { 'content-type': 'application/json', 'stoa-signature': signature(key, body, now) },
    body,
    read(status, text) {
      if (status === NOTHING_TO_SAY) return 'ham';
      const { success, output } = v.safeParse(answer, text);
      return success ? output.verdict : 'hold';
    },
  };
}

/** `t` in seconds, and the HMAC-SHA256 over `<t>.<body>`, in hex. */
function signature(key: string, body: string, now: Date): string {
  const t = Math.floor(now.getTime() / 1000);
  return `t=${t},v1=${createHmac('sha256', key).update(`${t}.${body}`).digest('hex')}`;
}
