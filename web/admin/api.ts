import { signal } from '@preact/signals';
import { Problem, SessionEnded, Unreachable } from './problem.ts';
import { accessToken, renew } from './session.ts';

/** False after a request that reached nobody, until one does. */
export const reachable = signal(true);

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

interface Asked {
  method: Method;
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * `/api/admin` + path, as JSON. What is only read is asked for again when nobody answered; what was throttled, always.
 * Throws Problem, Unreachable, SessionEnded, or an AbortError.
 */
export const api = {
  get: <T>(path: string, signal?: AbortSignal) => ask<T>(path, { method: 'GET', ...(signal ? { signal } : {}) }),
  post: <T>(path: string, body: unknown) => ask<T>(path, { method: 'POST', body }),
  put: <T>(path: string, body: unknown) => ask<T>(path, { method: 'PUT', body }),
  delete: <T>(path: string) => ask<T>(path, { method: 'DELETE' }),
};

async function ask<T>(path: string, asked: Asked): Promise<T> {
  const response = await authorized(path, asked);
  if (!response.ok) throw await problemOf(response);
  return response.status === 204 ? (undefined as T) : response.json();
}

async function authorized(path: string, asked: Asked): Promise<Response> {
  const token = accessToken() ?? (await renewed());
  const response = await patiently(path, asked, token);
  return response.status === 401 ? patiently(path, asked, await renewed()) : response;
}

async function renewed(): Promise<string> {
  const token = await renew().catch((cause: unknown) => {
    throw unreachable(cause);
  });
  if (!token) throw new SessionEnded();
  return token;
}

const WAITS_MS = [400, 1200, 3000];

async function patiently(path: string, asked: Asked, token: string, tries = 0): Promise<Response> {
  const wait = WAITS_MS[tries];
  const again = async (ms: number) => {
    await pause(ms, asked.signal);
    return patiently(path, asked, token, tries + 1);
  };
  try {
    const response = await once(path, asked, token);
    const isUndone = response.status === 429 || (asked.method === 'GET' && response.status >= 502);
    return isUndone && wait !== undefined ? again(retryAfter(response) ?? wait) : response;
  } catch (error) {
    const mayAsk = error instanceof Unreachable && asked.method === 'GET' && navigator.onLine;
    if (!mayAsk || wait === undefined) throw error;
    return again(wait);
  }
}

async function once(path: string, { method, body, signal }: Asked, token: string): Promise<Response> {
  try {
    const response = await fetch(`/api/admin${path}`, {
      method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      cache: 'no-store',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    reachable.value = true;
    return response;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw unreachable(error);
  }
}

function unreachable(cause: unknown): Unreachable {
  reachable.value = false;
  return new Unreachable('the request reached nobody', { cause });
}

const LONGEST_WAIT_MS = 10_000;

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds * 1000 <= LONGEST_WAIT_MS ? seconds * 1000 : null;
}

const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });

/** API Gateway's and CloudFront's own answers are no problem documents: they keep their status alone. */
async function problemOf(response: Response): Promise<Problem> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  const body = isProblem ? await response.json().catch(() => ({})) : {};
  return new Problem({ ...body, status: response.status });
}
