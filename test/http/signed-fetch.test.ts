import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Outgoing, openSigner, sign, signedFetch } from '../../functions/signed-fetch.ts';
import { type Signed, signatureAtAws } from '../support/signature.ts';

afterEach(() => vi.useRealTimers());

interface Example {
  at: string;
  service: string;
  env: { AWS_ACCESS_KEY_ID: string; AWS_SECRET_ACCESS_KEY: string; AWS_SESSION_TOKEN?: string };
}

describe("AWS's published examples", () => {
  /** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
  const S3 = {
    at: '2013-05-24T00:00:00Z',
    service: 's3',
    env: {
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    },
  };
  /** aws-sig-v4-test-suite */
  const SUITE = {
    at: '2015-08-30T12:36:00Z',
    service: 'service',
    env: { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
  };
  const TOKEN =
    'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==';
  const BUCKET = 'https://examplebucket.s3.amazonaws.com';
  const EXAMPLE = 'https://example.amazonaws.com';

  test.each<[string, Example, string, Outgoing, string]>([
    [
      'GET Object',
      S3,
      `${BUCKET}/test.txt`,
      { headers: { range: 'bytes=0-9' } },
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'GET Bucket Lifecycle',
      S3,
      `${BUCKET}?lifecycle`,
      {},
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    ],
    [
      'List Objects',
      S3,
      `${BUCKET}/?prefix=J&max-keys=2`,
      {},
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ],
    ['get-vanilla', SUITE, EXAMPLE, {}, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'get-vanilla-query-order-key-case',
      SUITE,
      `${EXAMPLE}/?Param2=value2&Param1=value1`,
      {},
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'post-x-www-form-urlencoded',
      SUITE,
      EXAMPLE,
      { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'Param1=value1' },
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
    [
      'post-sts-header-before',
      { ...SUITE, env: { ...SUITE.env, AWS_SESSION_TOKEN: TOKEN } },
      EXAMPLE,
      { method: 'POST' },
      '85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead',
    ],
  ])('%s', async (_, { at, service, env }, address, outgoing, signature) => {
    vi.useFakeTimers({ now: new Date(at), toFake: ['Date'] });

    const { url, method, headers } = await sign(openSigner(service, env), address, outgoing);

    expect(headers.authorization).toMatch(new RegExp(`Signature=${signature}$`));
    const { pathname: path, search } = url;
    const got = { method, path, query: search, headers: { ...headers, host: url.host }, body: bytes(outgoing.body) };
    expect(signatureAtAws(got, env.AWS_SECRET_ACCESS_KEY)).toBe(signature);
  });
});

describe('what reaches the service', () => {
  let server: Server;
  let base: string;
  let got: Signed[];
  /** Statuses to come; null hangs up. */
  let answers: (number | null)[];

  beforeEach(async () => {
    got = [];
    answers = [];
    server = createServer(async (request, response) => {
      const [path = '', query = ''] = (request.url ?? '').split('?');
      const headers = request.headers as Record<string, string>;
      got.push({ method: request.method ?? '', path, query, headers, body: await buffer(request) });
      const [status] = answers.length > 0 ? answers.splice(0, 1) : [200];
      if (!status) request.socket.destroy();
      else response.writeHead(status).end('answered');
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const SECRET = 'secret';
  const env = {
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: SECRET,
    AWS_SESSION_TOKEN: 'to/ken==',
    AWS_REGION: 'eu-west-1',
  };

  const expectSigned = () => {
    for (const request of got) {
      expect(request.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=id\/\d{8}\/eu-west-1\//);
      expect(request.headers.authorization).toMatch(new RegExp(`Signature=${signatureAtAws(request, SECRET)}$`));
      expect(request.headers.authorization).toContain('x-amz-security-token');
    }
  };

  test.each(['s3', 'ses'])(
    '%s finds the signature right, whatever the key, the query and the body',
    async (service) => {
      const ask = signedFetch({ service }, env);
      const key = fc.array(fc.constantFrom(..."aZ9 +äß日é!*'()&=$,;:@~-_.".split(''), '%', '/x'), {
        minLength: 1,
        maxLength: 12,
      });
      // The SDK's signer keeps a query in a plain object.
      const called = fc.string({ minLength: 1 }).filter((name) => name !== '__proto__');
      const named = fc.array(fc.tuple(called, fc.string({ unit: 'grapheme' })), { maxLength: 3 });
      const body = fc.option(fc.string({ unit: 'grapheme', minLength: 1 }), { nil: undefined });

      await fc.assert(
        fc.asyncProperty(key, named, body, async (characters, pairs, text) => {
          got.length = 0;
          const name = `a${characters.join('')}z`;
          const query = new URLSearchParams(pairs);
          const address = `${base}/${encodeURI(name)}${pairs.length > 0 ? `?${query}` : ''}`;

          await ask(
            address,
            text === undefined ? {} : { method: 'PUT', body: text, headers: { 'x-amz-meta-of': 'a  b ' } },
          );

          const last = got.at(-1);
          expect(decodeURIComponent(last?.path ?? '')).toBe(`/${name}`);
          expect(new TextDecoder().decode(last?.body)).toBe(text ?? '');
          expectSigned();
        }),
        { numRuns: 100 },
      );
    },
  );

  test('a key is sent as S3 spells it', async () => {
    await signedFetch({ service: 's3' }, env)(`${base}/ein Gruß/a+b (1)!.html`);

    expect(got.map(({ path }) => path)).toEqual(['/ein%20Gru%C3%9F/a%2Bb%20%281%29%21.html']);
    expectSigned();
  });

  test("S3 is told the hash of a body's bytes", async () => {
    const body = new Uint8Array([0, 255, 10]);

    await signedFetch({ service: 's3' }, env)(`${base}/a`, { method: 'PUT', body });

    expect(got.map(({ headers }) => headers['x-amz-content-sha256'])).toEqual([
      '712450d3c4a79eea9509e75dc1dacdeff58034df538536cfae2da882bd8a0c50',
    ]);
    expect([...(got[0]?.body ?? [])]).toEqual([...body]);
    expectSigned();
  });

  test('what passes is asked for again, three times in all', async () => {
    const ask = signedFetch({ service: 's3' }, env);
    answers = [503, null, 200];

    expect((await ask(`${base}/a`, { method: 'PUT', body: 'x' })).status).toBe(200);
    expect(got.map(({ body }) => Buffer.from(body).toString())).toEqual(['x', 'x', 'x']);
    expectSigned();

    answers = [500, 429, 503, 200];
    expect((await ask(`${base}/a`)).status).toBe(503);

    answers = [null, null, null, 200];
    await expect(ask(`${base}/a`)).rejects.toThrow('fetch failed');
  });

  test('a refusal is final, and so is all that may be asked once', async () => {
    answers = [412, 503, null];

    expect((await signedFetch({ service: 's3' }, env)(`${base}/a`)).status).toBe(412);
    const once = signedFetch({ service: 'ses', tries: 1 }, env);
    expect((await once(`${base}/a`, { method: 'POST' })).status).toBe(503);
    await expect(once(`${base}/a`, { method: 'POST' })).rejects.toThrow('fetch failed');
    expect(got).toHaveLength(3);
  });
});

const bytes = (body: Outgoing['body'] = '') => (typeof body === 'string' ? new TextEncoder().encode(body) : body);
