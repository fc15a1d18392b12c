import { setTimeout as wait } from 'node:timers/promises';
import { Sha256 } from '@smithy/core/checksum';
import { escapeUri } from '@smithy/core/protocols';
import { getCanonicalQuery, SignatureV4 } from '@smithy/signature-v4';

export interface Outgoing {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}

export interface Service {
  /** As its signatures name it. */
  service: string;
  /** How often it may be asked, where it fails or cannot be reached: more than once only for what comes to the same when repeated. */
  tries?: number;
}

const TRIES = 3;
const FIRST_WAIT_MS = 50;

/**
 * fetch, signed as the SDK signs and by its own signer, with the credentials and the region that the environment names.
 * Throws what fetch throws, when the last try ends so.
 */
export function signedFetch({ service, tries = TRIES }: Service, env: NodeJS.ProcessEnv = process.env) {
  const signer = openSigner(service, env);
  return async (address: string, outgoing: Outgoing = {}): Promise<Response> => {
    for (let tried = 1; ; tried++) {
      const { url, ...signed } = await sign(signer, address, outgoing);
      const last = tried === tries;
      const answer = await fetch(url, signed).catch((error: unknown) => {
        if (last) throw error;
      });
      if (answer && (last || !isPassing(answer.status))) return answer;
      await answer?.body?.cancel();
      await wait(Math.random() * FIRST_WAIT_MS * 2 ** tried);
    }
  };
}

const isPassing = (status: number): boolean => status >= 500 || status === 429;

/** S3 signs paths as they are sent and wants the hash of the body; the other services sign them encoded once more. */
export const openSigner = (service: string, env: NodeJS.ProcessEnv): SignatureV4 =>
  new SignatureV4({
    service,
    region: env.AWS_REGION ?? 'us-east-1',
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
      ...(env.AWS_SESSION_TOKEN ? { sessionToken: env.AWS_SESSION_TOKEN } : {}),
    },
    sha256: Sha256,
    uriEscapePath: service !== 's3',
    applyChecksum: service === 's3',
  });

/** What is to be fetched. Its path and query are spelled as the service spells them when it checks the signature. */
export async function sign(signer: SignatureV4, address: string, { method = 'GET', headers = {}, body }: Outgoing) {
  const url = new URL(address);
  url.pathname = url.pathname
    .split('/')
    .map((part) => escapeUri(decodeURIComponent(part)))
    .join('/');
  const request = {
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries([...url.searchParams.keys()].map((name) => [name, url.searchParams.getAll(name)])),
    headers: { ...headers, host: url.host },
    body,
  };
  url.search = getCanonicalQuery(request);
  const { host: _, ...signed } = (await signer.sign(request)).headers;
  return { url, method, headers: signed, ...(body === undefined ? {} : { body }) };
}
