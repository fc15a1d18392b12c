import { compress } from './compress.ts';
import type { Edge } from './edge.ts';
import { type HeaderMap, plain, type Request, type Response } from './http-message.ts';

export interface StoredObject {
  body: Buffer;
  contentType: string;
  cacheControl?: string;
  /** As S3 gives it, quoted. */
  etag: string;
  /** Sent as `x-amz-meta-<name>`. */
  metadata: Record<string, string>;
}

export interface Bucket {
  get(key: string): Promise<StoredObject | undefined>;
}

export interface DistributionOptions {
  edge: Edge;
  bucket: Bucket;
  api: (request: Request) => Promise<Response>;
  originSecret: string;
}

/** What the API sees as its own host; CloudFront does not forward the viewer's (AllViewerExceptHostHeader). */
const API_HOST = 'stoa.execute-api.localhost';

/**
 * CloudFront: viewer-request, the bucket or the API, the custom error page, viewer-response, compression. Unlike
 * AWS, viewer-response also sees errors and what viewer-request answered; there a response headers policy stands in.
 */
export function distribution({ edge, bucket, api, originSecret }: DistributionOptions) {
  return async (viewed: Request): Promise<Response> => {
    const decided = edge.request(viewed);
    const answered = 'answer' in decided ? decided.answer : await fetchOrigin(decided.go);
    return compress(edge.response(viewed, answered), viewed.headers['accept-encoding']);
  };

  async function fetchOrigin(request: Request): Promise<Response> {
    const isApi = request.uri.startsWith('/api/');
    const response = isApi ? await api(toApiRequest(request, originSecret)) : await fetchObject(bucket, request);
    return response.status === 403 ? notFound(bucket) : response;
  }
}

function toApiRequest(request: Request, originSecret: string): Request {
  const { headers, address } = request;
  const forwarded = headers['x-forwarded-for'];
  return {
    ...request,
    headers: {
      ...headers,
      host: API_HOST,
      'x-forwarded-for': forwarded ? `${forwarded},${address}` : address,
      'x-forwarded-proto': 'http',
      'x-stoa-origin': originSecret,
    },
  };
}

/** S3 behind OAC without ListBucket: 403 for what is missing, and CloudFront's 403 for other methods. */
async function fetchObject(bucket: Bucket, { method, uri, headers }: Request): Promise<Response> {
  if (method !== 'GET' && method !== 'HEAD') return plain(403, 'Forbidden');
  const key = toKey(uri);
  if (key === null) return plain(400, 'Bad Request');

  const object = isSafeKey(key) ? await bucket.get(key) : undefined;
  if (!object) return plain(403, 'Access Denied');
  if (matches(headers['if-none-match'], object.etag)) {
    return { status: 304, headers: validators(object), cookies: [], body: Buffer.alloc(0) };
  }
  return toResponse(object, 200);
}

async function notFound(bucket: Bucket): Promise<Response> {
  const page = await bucket.get('404.html');
  return page ? toResponse(page, 404) : plain(404, 'Not Found');
}

function toKey(uri: string): string | null {
  try {
    return decodeURIComponent(uri).slice(1);
  } catch {
    return null;
  }
}

/** A key is no path to S3, but a folder plays the bucket here. */
function isSafeKey(key: string): boolean {
  return !/[\0\\]/.test(key) && key.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** Weak comparison, RFC 9110 §8.8.3.2: a compressed copy has the weak tag of the same object. */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const sent = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return sent.includes('*') || sent.includes(etag);
}

function toResponse(object: StoredObject, status: number): Response {
  const metadata = Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name.toLowerCase()}`, value]);
  const headers = {
    'content-type': object.contentType,
    ...validators(object),
    server: 'AmazonS3',
    ...Object.fromEntries(metadata),
  };
  return { status, headers, cookies: [], body: object.body };
}

function validators({ etag, cacheControl }: StoredObject): HeaderMap {
  return { etag, ...(cacheControl ? { 'cache-control': cacheControl } : {}) };
}
