import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pagePolicy } from '../../functions/http/policy.ts';
import { cspListStyle, cspQuietStyle, cspStyle, listStyle, quietStyle } from '../../web/generated/assets.ts';

export type Answerer = (request: { path: string; body: unknown }) => { status: number; json: unknown } | 'hang up';

/** Serves given pages at given paths with the headers they have in production, and an API that answers as a test says. */
export async function openGallery(pages: ReadonlyMap<string, string>, answer: Answerer = () => 'hang up') {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://gallery').pathname;
    if (request.method === 'POST') return void reply(request, response, path, answer);
    const page = pages.get(path);
    if (page !== undefined) return void response.writeHead(200, { ...HEADERS, ...ofPage(page) }).end(page);
    sendAsset(path, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
};

const cspOf = (page: string) => {
  if (page.includes(`${quietStyle}</style>`)) return cspQuietStyle;
  return page.includes(listStyle) ? cspListStyle : cspStyle;
};

const ofPage = (page: string) => ({
  'content-security-policy': pagePolicy(cspOf(page)),
  etag: `"${createHash('md5').update(page).digest('hex')}"`,
});

const ASSETS = fileURLToPath(new URL('../../web/generated/assets/', import.meta.url));

const TYPES: Record<string, string> = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };

function sendAsset(path: string, response: ServerResponse): void {
  const file = ASSETS + basename(path);
  if (!path.startsWith('/assets/') || !existsSync(file)) return void response.writeHead(404).end();
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  createReadStream(file).pipe(response.writeHead(200, { 'content-type': type }));
}

async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  answer: Answerer,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const said = answer({ path, body: JSON.parse(Buffer.concat(chunks).toString()) });
  if (said === 'hang up') return void response.destroy();
  const type = said.status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(said.status, { 'content-type': type }).end(JSON.stringify(said.json));
}
