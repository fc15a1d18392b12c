import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import type { HeaderMap, Request, Response } from './http-message.ts';

export interface Edge {
  /** The request to go on with, or the answer that ends it here. */
  request(viewed: Request): { go: Request } | { answer: Response };
  response(viewed: Request, answered: Response): Response;
}

/** The CloudFront Functions of functions/edge, as they are deployed. Throws when a file has no `handler`. */
export function loadEdge(folder: URL = new URL('../../functions/edge/', import.meta.url)): Edge {
  const viewerRequest = loadFunction(new URL('viewer-request.js', folder));
  const viewerResponse = loadFunction(new URL('viewer-response.js', folder));

  return {
    request(viewed) {
      const result = viewerRequest(toEvent('viewer-request', viewed)) as EdgeRequest & EdgeResponse;
      if (result.statusCode !== undefined) return { answer: fromEdgeResponse(result, Buffer.alloc(0), []) };
      return { go: { ...viewed, uri: result.uri, headers: fromEdgeHeaders(result.headers) } };
    },
    response(viewed, answered) {
      const event = toEvent('viewer-response', viewed);
      const response = { statusCode: answered.status, headers: toEdgeHeaders(answered.headers), cookies: {} };
      const result = viewerResponse({ ...event, response }) as EdgeResponse;
      return fromEdgeResponse(result, answered.body, answered.cookies);
    },
  };
}

/** One function in a context with nothing but the language, given and giving JSON as in CloudFront. */
export function loadFunction(file: URL): (event: object) => unknown {
  const context = createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
  new Script(readFileSync(file, 'utf8'), { filename: file.pathname }).runInContext(context);
  const call = new Script('JSON.stringify(handler(JSON.parse(event)))');
  return (event) => {
    context.event = JSON.stringify(event);
    return JSON.parse(call.runInContext(context));
  };
}

type EdgeHeaders = Record<string, { value: string }>;

interface EdgeRequest {
  uri: string;
  headers: EdgeHeaders;
}

interface EdgeResponse {
  statusCode: number;
  headers: EdgeHeaders;
  body?: { encoding: 'text' | 'base64'; data: string };
}

/**
 * The event of CloudFront Functions, version 1.0. Cookies and query are left out: ours read neither, and so can
 * change neither.
 */
function toEvent(eventType: string, viewed: Request): object {
  return {
    version: '1.0',
    context: { eventType, distributionDomainName: 'localhost', distributionId: 'LOCAL', requestId: 'local' },
    viewer: { ip: viewed.address },
    request: {
      method: viewed.method,
      uri: viewed.uri,
      querystring: {},
      headers: toEdgeHeaders(viewed.headers),
      cookies: {},
    },
  };
}

function fromEdgeResponse(result: EdgeResponse, body: Buffer, cookies: readonly string[]): Response {
  const { statusCode, headers, body: own } = result;
  const replaced = own ? Buffer.from(own.data, own.encoding === 'base64' ? 'base64' : 'utf8') : body;
  return { status: statusCode, headers: fromEdgeHeaders(headers), cookies, body: replaced };
}

function toEdgeHeaders(headers: HeaderMap): EdgeHeaders {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
}

function fromEdgeHeaders(headers: EdgeHeaders): HeaderMap {
  return Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]));
}
