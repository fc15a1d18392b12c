import type { Call } from '../../functions/http/call.ts';
import { manifest } from '../../functions/manifest.ts';
import { toEvent } from '../../infra/local/http-event.ts';
import { router } from '../../infra/local/routes.ts';
import { prose } from './prose.ts';
import type { Random } from './random.ts';

export interface Submission {
  as: 'form' | 'json';
  text: string;
  email: string;
  /** The token of a browser that was here before. */
  reader?: string;
  /** What its script worked for. */
  proof?: string;
}

const route = router(manifest);

/** What API Gateway hands to the function when somebody sends the form of an article, or its script does. */
export function submissionEvent(slug: string, originSecret: string, submission: Submission): Call {
  const { as, text, email, reader, proof } = submission;
  const uri = `/api/posts/${slug}/comments`;
  const fields = {
    name: 'Inès Moreau',
    email,
    url: 'https://ines.example/',
    body: text,
    parent: '',
    topic: '',
    ...(proof ? { proof } : {}),
  };
  const match = route('POST', uri);
  if (!match) throw new Error(`no route takes POST ${uri}`);
  const body = Buffer.from(as === 'form' ? new URLSearchParams(fields).toString() : JSON.stringify(fields));
  const request = {
    method: 'POST',
    uri,
    query: '',
    headers: {
      ...HEADERS,
      accept: as === 'form' ? 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' : 'application/json',
      'content-type': as === 'form' ? 'application/x-www-form-urlencoded' : 'application/json',
      'content-length': String(body.length),
      referer: `https://${HOST}/${slug}/`,
      'x-stoa-origin': originSecret,
    },
    cookies: reader ? [`stoa_reader=${reader}`] : [],
    body,
    address: '70.132.1.10',
  };
  return toEvent(request, match, 'JKJaXmPLvHcESHA=', Date.UTC(2026, 10, 22), undefined) as Call;
}

/** Exactly `length` characters with a stressed phrase, a link, a line break and what the allow-list takes away. */
export function markedText(random: Random, length: number): string {
  const link = `<a href="https://example.org/${random.below(1_000_000)}" title="A bench">${prose(random, 20)}</a>`;
  const start = `${prose(random, 40)} <em>${prose(random, 18)}</em>\n${link} <span>${prose(random, 12)}</span> `;
  return start + prose(random, length - start.length);
}

const HOST = 'blog.example.org';

/** A browser's, and what CloudFront and API Gateway add. */
const HEADERS = {
  'accept-encoding': 'gzip, deflate, br, zstd',
  'accept-language': 'en-GB,en;q=0.9,de;q=0.8',
  'cache-control': 'max-age=0',
  host: 'a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com',
  origin: `https://${HOST}`,
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'same-origin',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
  via: '2.0 0f1e2d3c4b5a69788796a5b4c3d2e1f0.cloudfront.net (CloudFront)',
  'x-amz-cf-id': 'Zk1hS7mQ2vT9xW4yB6nC8dF0gJ3kL5pR7sU1wY4zA6bD9eG2hK5mN8==',
  'x-amzn-trace-id': 'Root=1-69213f80-0123456789abcdef01234567',
  'x-forwarded-for': '203.0.113.7, 70.132.1.10',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
  'x-stoa-host': HOST,
  'x-stoa-viewer': '203.0.113.7',
};
