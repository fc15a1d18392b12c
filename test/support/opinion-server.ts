import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Asked {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** `null`: never. */
export type Answers = (asked: Asked) => Promise<Reply | null> | Reply | null;

interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

/** A service that is asked for an opinion, and notes what it is asked. */
export async function openOpinionServer() {
  const asked: Asked[] = [];
  let answers: Answers = () => ({ status: 204 });
  const server = createServer(async (request, response) => {
    const question = { path: request.url ?? '', headers: request.headers, body: await text(request) };
    asked.push(question);
    const reply = await answers(question);
    if (reply) response.writeHead(reply.status ?? 200, reply.headers).end(reply.body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/check`,
    asked,
    answer(next: Answers) {
      asked.length = 0;
      answers = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** As docs/second-opinion.md tells whoever writes such a service. */
export function isSigned({ headers, body }: Asked, key: string, now: Date): boolean {
  const [, t = '', given = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['stoa-signature'])) ?? [];
  const due = createHmac('sha256', key).update(`${t}.${body}`).digest();
  const fresh = Math.abs(now.getTime() / 1000 - Number(t)) < 300;
  return given !== '' && timingSafeEqual(Buffer.from(given, 'hex'), due) && fresh;
}
