/** A request between the halves of the gateway: the target as it was sent, never normalised. */
export interface Request {
  method: string;
  /** The path, percent-encoded. */
  uri: string;
  /** The query without its `?`, percent-encoded. */
  query: string;
  headers: HeaderMap;
  cookies: readonly string[];
  body: Buffer;
  /** The address of the other end of the connection. */
  address: string;
}

export interface Response {
  status: number;
  headers: HeaderMap;
  /** Whole Set-Cookie values. */
  cookies: readonly string[];
  body: Buffer;
}

/** Lower-case names; a header that came several times is joined by commas. */
export type HeaderMap = Readonly<Record<string, string>>;

/** The error bodies of API Gateway: `{"message":"Not Found"}`. */
export function message(status: number, text: string, headers: HeaderMap = {}): Response {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    cookies: [],
    body: Buffer.from(JSON.stringify({ message: text })),
  };
}

/** An error page of CloudFront or S3, which is plain here. */
export function plain(status: number, text: string): Response {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers, cookies: [], body: Buffer.from(`${text}\n`) };
}
