import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'node-html-parser';
import { keepAccount } from '../../infra/local/login-account.ts';
import { signIn } from '../../infra/operator/sign-in.ts';
import { acknowledged, say, writeArticle } from '../support/articles.ts';
import { type Server, startStoa, stoaJson, temporaryFolder } from '../support/process.ts';

export const SLUG = 'one';

const NO_LIMITS = '{ "limits": { "address": null, "post": null, "pending": null, "throttle": null } }';

/** A real `npm start` with one article, in a folder of its own, and a moderator who is signed in. Each call gives null for an answer that is no success. */
export async function openSite() {
  const folder = await temporaryFolder();
  const data = join(folder.path, 'data');
  const config = join(folder.path, 'stoa.json');
  await writeFile(config, NO_LIMITS);
  const env = { STOA_CONFIG: config };
  await stoaJson(
    data,
    ['post', 'publish', await writeArticle(folder.path, SLUG, 'title: One\nauthor: Odile Brandt')],
    env,
  );
  const server = await startStoa(data, env);
  const token = await moderatorOf(data);
  return {
    url: server.url,
    read: async () => ((await ok(`${server.url}/${SLUG}/`)) === null ? null : true),
    comment: (name: string) =>
      say(server.url, SLUG, { name, body: `${name} has something to say, and a *little* more.` }).then(acknowledged),
    /** Those that could be. */
    approve: (ids: readonly string[]) => approve(server.url, token, ids),
    /** Approved comments that the page counts. */
    counted: async () =>
      Number.parseInt(
        parse((await ok(`${server.url}/${SLUG}/`)) ?? '')
          .querySelector('#talk h2 small')
          ?.text.replaceAll(',', '') ?? '0',
        10,
      ) || 0,
    megabytes: () => megabytes(server),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function ok(url: string): Promise<string | null> {
  const answer = await fetch(url);
  const text = await answer.text();
  return answer.ok ? text : null;
}

async function moderatorOf(data: string): Promise<string> {
  const { login } = JSON.parse(await readFile(join(data, 'endpoint.json'), 'utf8'));
  const { username, password } = await keepAccount(data);
  return (await signIn({ ...login, username, password })).accessToken;
}

async function approve(url: string, token: string, ids: readonly string[]): Promise<number | null> {
  const answer = await fetch(`${url}/api/admin/comments/moves`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ comments: ids.map((id) => ({ id, status: 'pending', ver: 1 })), to: 'approved' }),
  });
  const { moved } = (await answer.json()) as { moved?: unknown[] };
  return answer.ok && moved ? moved.length : null;
}

/** Resident, of the server's process; null where there is no /proc. */
async function megabytes({ pid }: Server): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
  return kilobytes ? Math.round(Number(kilobytes) / 1024) : null;
}
