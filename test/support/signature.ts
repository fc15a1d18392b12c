import { createHash, createHmac } from 'node:crypto';

export interface Signed {
  method: string;
  /** As they came in the request line. */
  path: string;
  query: string;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

/** The signature that AWS comes to for a request that it gets; its own text: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export function signatureAtAws({ method, path, query, headers, body }: Signed, secret: string): string {
  const [, scope = '', signedHeaders = ''] =
    /Credential=[^/]+\/([^,]+), ?SignedHeaders=([^,]+)/.exec(headers.authorization ?? '') ?? [];
  const [day = '', region = '', service = ''] = scope.split('/');
  const key = decoded(path);
  const canonical = [
    method,
    service === 's3' ? encoded(key) : encoded(encoded(key)),
    [...new URLSearchParams(query)]
      .map((pair) => pair.map((part) => encoded(part).replaceAll('/', '%2F')))
      .toSorted(byNameThenValue)
      .map((pair) => pair.join('='))
      .join('&'),
    ...signedHeaders.split(';').map((name) => `${name}:${headers[name]?.trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders,
    hex(body),
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, hex(canonical)].join('\n');
  const signing = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(signing, text).toString('hex');
}

/** Not by the whole: in `a=1` and `a-=1`, the minus comes before the equals sign. */
function byNameThenValue([name = '', value = '']: string[], [other = '', than = '']: string[]): number {
  const [one, two] = name === other ? [value, than] : [name, other];
  return one < two ? -1 : Number(one > two);
}

/** S3 takes a plus for a space, in a path too. */
const decoded = (path: string) => decodeURIComponent(path.replaceAll('+', ' '));
const hex = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** Every byte but letters, digits, `-._~` and the slash. */
const encoded = (text: string) =>
  [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[\w.~/-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
