import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import type { Settings } from '../../functions/domain/settings.ts';
import type { FunctionSpec } from '../../functions/manifest.ts';
import { type Bucket, distribution } from './distribution.ts';
import { loadEdge } from './edge.ts';
import { httpApi, type Log } from './http-api.ts';
import { message, plain, type Request, type Response } from './http-message.ts';
import { close, listen } from './http-server.ts';
import type { LambdaHandler } from './invoke.ts';
import type { MailFolder } from './mail-folder.ts';
import { outboxPages } from './outbox-pages.ts';

export interface GatewayOptions {
  /** 0 takes any free port. */
  port: number;
  /** 127.0.0.1 unless given. */
  host?: string;
  bucket: Bucket;
  /** Shown at /outbox/, which is of this machine alone: behind CloudFront there is nothing there. */
  mails?: MailFolder;
  /** Keyed as in the manifest; every function with routes must be there. */
  functions: Readonly<Record<string, LambdaHandler>>;
  manifest: Readonly<Record<string, FunctionSpec>>;
  settings: Settings;
  originSecret: string;
  issuer: { url: string; jwks: URL | JWTVerifyGetKey; audience: string };
  /** Milliseconds since the epoch; the throttle's and the authorizer's clock. */
  now?: () => number;
  log?: Log;
}

export interface Gateway {
  url: string;
  port: number;
  close(): Promise<void>;
}

const LARGEST_BODY = 10 * 1024 * 1024;

/** CloudFront and API Gateway on one port. Rejects when the port cannot be had (`EADDRINUSE`). */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { host = '127.0.0.1', issuer, now = Date.now, log = logLine } = options;
  const keys = issuer.jwks instanceof URL ? createRemoteJWKSet(issuer.jwks) : issuer.jwks;
  const api = httpApi({ ...options, issuer: { url: issuer.url, audience: issuer.audience, keys }, now, log });
  const site = distribution({ ...options, edge: loadEdge(), api });
  const outbox = options.mails && outboxPages(options.mails);
  const respond: Respond = async (request) => (await outbox?.(request)) ?? site(request);

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing, respond).catch((error: unknown) => {
      if (incoming.errored || outgoing.destroyed) return;
      log({ level: 'error', message: 'request failed', method: incoming.method, error });
      if (outgoing.headersSent) outgoing.destroy();
      else send(message(500, 'Internal Server Error'), incoming, outgoing);
    });
  });
  // CloudFront says nothing of it: no `keep-alive: timeout` in every answer.
  server.keepAliveTimeout = 0;
  return { ...(await listen(server, options.port, host)), close: () => close(server) };
}

type Respond = (request: Request) => Promise<Response>;

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, respond: Respond): Promise<void> {
  if (!incoming.url?.startsWith('/')) return send(plain(400, 'Bad Request'), incoming, outgoing);

  const body = await readBody(incoming);
  if (body === null) return send(message(413, 'Request Entity Too Large'), incoming, outgoing);

  send(await respond(toRequest(incoming, incoming.url, body)), incoming, outgoing);
}

/** `null` when it is larger than API Gateway takes. Rejects when the upload is broken off. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | null> {
  // Left for viewer-request to refuse, with the body unread.
  if (Number(incoming.headers['content-length'] ?? 0) > LARGEST_BODY) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > LARGEST_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toRequest(incoming: IncomingMessage, url: string, body: Buffer): Request {
  const { cookie, ...distinct } = incoming.headersDistinct;
  const question = url.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    uri: question < 0 ? url : url.slice(0, question),
    query: question < 0 ? '' : url.slice(question + 1),
    headers: Object.fromEntries(Object.entries(distinct).map(([name, values = []]) => [name, values.join(',')])),
    cookies: (cookie ?? [])
      .join(';')
      .split(';')
      .map((pair) => pair.trim())
      .filter(Boolean),
    body,
    address: incoming.socket.remoteAddress ?? '',
  };
}

function send({ status, headers, cookies, body }: Response, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const isEmpty = status === 204 || status === 304;
  outgoing.writeHead(status, {
    ...headers,
    ...(cookies.length > 0 ? { 'set-cookie': [...cookies] } : {}),
    ...(isEmpty ? {} : { 'content-length': body.length }),
    ...(incoming.complete ? {} : { connection: 'close' }),
  });
  outgoing.end(isEmpty || incoming.method === 'HEAD' ? undefined : body);
}

function logLine(line: Record<string, unknown>): void {
  const { error, ...rest } = line;
  const shown = error instanceof Error ? { error: error.name, reason: error.message, stack: error.stack } : { error };
  console.error(JSON.stringify({ ...rest, ...shown }));
}
