import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** The loopback address it comes from. */
  from?: string;
  /** In pieces, without a Content-Length. */
  chunked?: boolean;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Whole Set-Cookie values. */
  cookies: readonly string[];
  text: string;
}

/** Unlike fetch it sends any header and the path as it is given, and follows no redirect. */
export async function send(url: string, path: string, init: Sent = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body, chunked = false, from } = init;
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const length = body === undefined || chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const request = httpRequest(
    { hostname, port, path, method, headers: { ...length, ...headers }, agent: false, localAddress: from },
    resolve,
  );
  request.on('error', reject);
  if (body !== undefined && chunked) for (const piece of pieces(Buffer.from(body))) request.write(piece);
  request.end(chunked ? undefined : body);
  const response = await promise;
  const text = (await buffer(response)).toString();
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    cookies: response.headers['set-cookie'] ?? [],
    text,
  };
}

function pieces(body: Buffer, size = 16_384): Buffer[] {
  return Array.from({ length: Math.ceil(body.length / size) }, (_, i) => body.subarray(i * size, (i + 1) * size));
}
