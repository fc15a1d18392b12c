import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bucket, ObjectHead, ObjectHeaders, PutConditions } from './bucket.ts';
import { S3Error } from './s3-error.ts';
import { listing, S3_XML, xmlError } from './s3-xml.ts';

export interface Answer {
  status: number;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
}

/**
 * S3's HTTP API for one bucket, on a loopback port: `<url>/<key>` for GET, HEAD, PUT and DELETE, `<url>/?list-type=2` for
 * ListObjectsV2. Answers 403 to whoever does not sign with `accessKey`; the signature itself is not verified. A form that is
 * POSTed to it is for `form` to judge, and any page may send one.
 */
export const startBucketServer = async (
  bucket: Bucket,
  { accessKey, form }: { accessKey: string; form?: (request: Request) => Promise<Answer> },
): Promise<{ url: string; close(): Promise<void> }> => {
  if (!accessKey) throw new Error('the bucket needs an access key');

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    if (form && request.method === 'POST' && request.url === '/') return form(await asRequest(request));
    if (form && request.method === 'OPTIONS') return allowed(request.headers);
    if (!request.headers.authorization?.includes(`Credential=${accessKey}/`))
      throw new S3Error('AccessDenied', 'Access Denied');
    const [path = '/', query = ''] = (request.url ?? '/').split('?');
    const key = keyOf(path);
    const run = key === '' ? OF_BUCKET[request.method ?? ''] : OF_OBJECT[request.method ?? ''];
    if (!run) throw new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.');
    return run({ bucket, key, request, query: new URLSearchParams(query) });
  };

  const server = createServer(async (request, response) => {
    const { status, headers, body = '' } = await answer(request).catch(asAnswer);
    const bytes = Buffer.from(body);
    const cors = form ? { 'access-control-allow-origin': '*' } : {};
    response.writeHead(status, { 'content-length': bytes.length, ...cors, ...headers });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
};

/** A browser asks this before it sends a form and wants to know how far it has come. As S3 answers for a rule of POST alone. */
function allowed({ 'access-control-request-method': method }: IncomingHttpHeaders): Answer {
  if (method !== 'POST') throw new S3Error('AccessForbidden', 'CORSResponse: This CORS request is not allowed.');
  return { status: 200, headers: { 'access-control-allow-methods': 'POST' } };
}

interface Call {
  bucket: Bucket;
  key: string;
  request: IncomingMessage;
  query: URLSearchParams;
}

const OF_BUCKET: Record<string, (call: Call) => Promise<Answer>> = {
  GET: async ({ bucket, query }) => ({
    status: 200,
    headers: S3_XML,
    body: listing(await bucket.list(query.get('prefix') ?? ''), query),
  }),
};

const OF_OBJECT: Record<string, (call: Call) => Promise<Answer>> = {
  GET: async ({ bucket, key }) => {
    const object = await bucket.get(key);
    if (!object) throw noSuchKey();
    return { status: 200, headers: headersOf(object), body: object.body };
  },
  HEAD: async ({ bucket, key }) => {
    const head = await bucket.head(key);
    if (!head) throw noSuchKey();
    return { status: 200, headers: headersOf(head) };
  },
  PUT: async ({ bucket, key, request }) => {
    const { headers } = request;
    const conditions = conditionsOf(headers);
    const { etag } = await bucket.put(key, await bodyOf(request), objectHeaders(headers), conditions);
    return { status: 200, headers: { etag } };
  },
  DELETE: async ({ bucket, key, request }) => {
    const ifMatch = request.headers['if-match'];
    await bucket.delete(key, ifMatch === undefined ? {} : { ifMatch });
    return { status: 204 };
  },
};

/** Never through `new URL`, which would resolve `..` before anyone could refuse it. */
const keyOf = (path: string): string => {
  try {
    return decodeURIComponent(path.slice(1));
  } catch {
    throw new S3Error('InvalidArgument', "Couldn't parse the specified URI.");
  }
};

const conditionsOf = (headers: IncomingHttpHeaders): PutConditions => {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  const chunked = headers['content-encoding']?.includes('aws-chunked');
  if (chunked || ifMatch === '*' || (ifNoneMatch !== undefined && ifNoneMatch !== '*')) {
    throw new S3Error('NotImplemented', 'A header you provided implies functionality that is not implemented');
  }
  return { ...(ifMatch !== undefined && { ifMatch }), ...(ifNoneMatch !== undefined && { ifNoneMatch }) };
};

const META = 'x-amz-meta-';

const objectHeaders = (headers: IncomingHttpHeaders): Partial<ObjectHeaders> => ({
  ...(headers['content-type'] !== undefined && { contentType: headers['content-type'] }),
  ...(headers['cache-control'] !== undefined && { cacheControl: headers['cache-control'] }),
  metadata: Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(META))
      .map(([name, value]) => [name.slice(META.length), String(value)]),
  ),
});

const headersOf = ({
  etag,
  size,
  lastModified,
  contentType,
  cacheControl,
  metadata,
}: ObjectHead): OutgoingHttpHeaders => ({
  etag,
  'content-type': contentType,
  'content-length': size,
  'last-modified': lastModified.toUTCString(),
  ...(cacheControl !== undefined && { 'cache-control': cacheControl }),
  ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [META + name, value])),
});

const LARGEST = 64 * 1024 * 1024;

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST) throw new S3Error('EntityTooLarge', `Your proposed upload exceeds ${LARGEST} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
};

const asRequest = async (request: IncomingMessage): Promise<Request> =>
  new Request('http://bucket/', {
    method: 'POST',
    headers: { 'content-type': request.headers['content-type'] ?? '' },
    body: new Uint8Array(await bodyOf(request)),
  });

const noSuchKey = () => new S3Error('NoSuchKey', 'The specified key does not exist.');

const asAnswer = (error: unknown): Answer => {
  const known = error instanceof S3Error ? error : new S3Error('InternalError', 'We encountered an internal error.');
  return { status: known.status, headers: S3_XML, body: xmlError(known) };
};
