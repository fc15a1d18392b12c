import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'node-html-parser';
import { expect, test } from 'vitest';
import { acknowledged, say, writeArticle } from '../support/articles.ts';
import { countsOf } from '../support/counts.ts';
import { startStoa, stoa, stoaJson, temporaryFolder } from '../support/process.ts';

const ROUNDS = Number(process.env.KILLS ?? 3);
const CLIENTS = 6;
/** Comments that one command approves. */
const AT_ONCE = 15;
const SEED = Number(process.env.STOA_SEED ?? crypto.getRandomValues(new Uint32Array(1))[0]);

test('every comment that was acknowledged before kill -9 is there, can be approved, and is published', async (context) => {
  const counts = countsOf(context);
  await using folder = await temporaryFolder();
  const data = join(folder.path, 'data');
  const config = join(folder.path, 'stoa.json');
  await writeFile(config, '{ "limits": { "address": null, "post": null, "pending": null, "throttle": null } }');
  const env = { STOA_CONFIG: config };
  const article = await writeArticle(folder.path, 'one', 'title: One\nauthor: Odile Brandt');
  await stoaJson(data, ['post', 'publish', article], env);
  const kept: string[] = [];

  for (const [round, moment] of momentsOf(SEED).entries()) {
    await using server = await startStoa(data, env);
    kept.push(...(await burst(server, round, moment)));
    counts.kills++;
  }
  counts.operations = kept.length;
  await using server = await startStoa(data, env);
  const held = await stoaJson<{ id: string }[]>(data, ['comment', 'list', '--held']);
  const ids = held.map(({ id }) => id);
  const seated = await approved(data, ids);

  const seed = `STOA_SEED=${SEED}`;
  counts.losses = kept.filter((id) => !ids.includes(id)).length;
  expect(kept.length, seed).toBeGreaterThanOrEqual(ROUNDS);
  expect(new Set(kept).size, seed).toBe(kept.length);
  expect(ids, seed).toEqual(expect.arrayContaining(kept));
  expect(seated.map(({ id }) => id).toSorted(), seed).toEqual(ids.toSorted());
  await expect
    .poll(() => countOn(`${server.url}/one/`), { message: seed, timeout: 120_000 })
    .toBe(`${new Intl.NumberFormat('en').format(seated.length)} comments`);
  expect(await standing(server.url, seated), seed).toEqual(seated.map(({ ref }) => `comment-${ref}`).toSorted());
  expect(await stoa(data, ['comment', 'list', '--json']), seed).toMatchObject({ stdout: '[]\n' });
});

/** After how many acknowledgements the server is killed, in each round. */
const momentsOf = (seed: number) => fc.sample(fc.integer({ min: 1, max: 20 }), { seed, numRuns: ROUNDS });

/** Clients write until the server dies under them; gives the ids that were acknowledged. */
async function burst(server: Awaited<ReturnType<typeof startStoa>>, round: number, moment: number): Promise<string[]> {
  const ids: string[] = [];
  const client = async (who: number) => {
    for (let n = 0; ; n++) {
      const words = { name: `P${round}x${who}x${n}`, body: `Comment ${n} of ${who} in round ${round}` };
      const id = await say(server.url, 'one', words, { form: who % 2 === 0 }).then(acknowledged, () => null);
      if (id === null) return;
      ids.push(id);
      if (ids.length === moment) void server.kill('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, who) => client(who)));
  await server.exited;
  return ids;
}

interface Seated {
  id: string;
  ref: string;
  url: string;
}

/** Some at a time, so that each command ends within its patience. */
async function approved(data: string, ids: readonly string[]): Promise<Seated[]> {
  const all: Seated[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    all.push(...(await stoaJson<Seated[]>(data, ['comment', 'approve', ...ids.slice(from, from + AT_ONCE)])));
  }
  return all;
}

async function countOn(url: string): Promise<string | undefined> {
  return parse(await (await fetch(url)).text()).querySelector('#talk h2 small')?.text;
}

async function standing(url: string, seated: readonly { url: string }[]): Promise<string[]> {
  const pages = new Set(seated.map((comment) => comment.url.split('#')[0]));
  const read = async (path = '') => parse(await (await fetch(url + path)).text()).querySelectorAll('li[id^=comment-]');
  return (await Promise.all([...pages].map(read)))
    .flat()
    .map(({ id }) => id)
    .toSorted();
}
