import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import * as v from 'valibot';
import type { Authorized } from './authorizer.ts';
import type { Request, Response } from './http-message.ts';
import type { Match } from './routes.ts';

export type HttpEvent = APIGatewayProxyEventV2 | APIGatewayProxyEventV2WithJWTAuthorizer;

/** HTTP APIs pass these as text; all else is base64, forms included, as captured events show (no list is published). */
const TEXT_TYPE = /^(?:text\/[^;]*|application\/(?:json|xml|javascript))\s*(?:;|$)/i;

/** API Gateway's payload format 2.0. The raw path is decoded, as HTTP APIs do; the raw query is not. */
export function toEvent(
  request: Request,
  match: Match,
  id: string,
  now: number,
  authorized: Authorized | undefined,
): HttpEvent {
  const rawPath = decodeURIComponent(request.uri);
  const domainName = request.headers.host ?? '';
  const event: APIGatewayProxyEventV2 = {
    version: '2.0',
    routeKey: match.routeKey,
    rawPath,
    rawQueryString: request.query,
    ...(request.cookies.length > 0 ? { cookies: [...request.cookies] } : {}),
    headers: { ...request.headers },
    ...(request.query ? { queryStringParameters: toParameters(request.query) } : {}),
    ...(Object.keys(match.parameters).length > 0 ? { pathParameters: match.parameters } : {}),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName,
      domainPrefix: domainName.split('.')[0] ?? '',
      http: {
        method: request.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: request.address,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: id,
      routeKey: match.routeKey,
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now,
      ...(authorized ? { authorizer: { jwt: { claims: authorized.claims, scopes: [...authorized.scopes] } } } : {}),
    },
    ...toBody(request),
  };
  return event;
}

const structuredReply = v.object({
  statusCode: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
  headers: v.optional(v.nullable(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))), {}),
  cookies: v.optional(v.nullable(v.array(v.string())), []),
  body: v.optional(v.nullable(v.string()), ''),
  isBase64Encoded: v.optional(v.nullable(v.boolean()), false),
});

/** What a function gave back, as a response; without `statusCode` it is the JSON of a 200. Throws ValiError. */
export function toResponse(result: unknown): Response {
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    const text = typeof result === 'string' ? result : JSON.stringify(result ?? null);
    return { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body: Buffer.from(text) };
  }
  const reply = v.parse(structuredReply, result);
  const entries = Object.entries(reply.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  const { 'set-cookie': cookie, ...headers } = Object.fromEntries(entries) as Record<string, string>;
  return {
    status: reply.statusCode,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
    cookies: [...(cookie ? [cookie] : []), ...(reply.cookies ?? [])],
    body: Buffer.from(reply.body ?? '', reply.isBase64Encoded ? 'base64' : 'utf8'),
  };
}

function toParameters(query: string): Record<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    const earlier = parameters.get(name);
    parameters.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return Object.fromEntries(parameters);
}

function toBody({ body, headers }: Request): Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'> {
  if (body.length === 0) return { isBase64Encoded: false };
  if (TEXT_TYPE.test(headers['content-type'] ?? '')) return { body: body.toString('utf8'), isBase64Encoded: false };
  return { body: body.toString('base64'), isBase64Encoded: true };
}

/** `12/Mar/2020:19:03:58 +0000` */
function commonLogTime(now: number): string {
  const [, day, month, year, time] = new Date(now).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
