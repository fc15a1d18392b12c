import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import * as v from 'valibot';
import { challengeFor } from '../../functions/domain/proof.ts';
import { settingsSchema } from '../../functions/domain/settings.ts';
import { launchBrowser } from '../support/browser.ts';

const TIMES = 40;

/** `npx tsx test/bench/proof-time.ts`: how long the default proof of work takes in this machine's Chromium, by the page's own solver. */
async function main(): Promise<void> {
  const { proof } = v.parse(settingsSchema, {});
  if (!proof) throw new Error('the defaults ask for no proof');
  const script = await solver();
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html>'));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.addScriptTag({ content: script });

  const taken: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const challenge = await challengeFor('a key', 'an-article', proof, new Date());
    taken.push(await page.evaluate((given) => Reflect.get(window, 'timeOf')(given), challenge));
  }
  server.close();
  const [median = 0, longest = 0] = [taken.toSorted((a, b) => a - b)[TIMES / 2], Math.max(...taken)];
  console.log(
    `${TIMES} proofs of at most ${proof.work} numbers: ${seconds(median)} s in the middle, ${seconds(longest)} s the longest`,
  );
}

const seconds = (ms: number) => (ms / 1000).toFixed(1);

async function solver(): Promise<string> {
  const contents = `
    import { solveChallenge } from 'altcha-lib/v1';
    window.timeOf = async ({ challenge, salt, algorithm, maxnumber }) => {
      const from = performance.now();
      await solveChallenge(challenge, salt, algorithm, maxnumber).promise;
      return performance.now() - from;
    };`;
  const stdin = { contents, resolveDir: import.meta.dirname };
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'iife', platform: 'browser' });
  return outputFiles[0]?.text ?? '';
}

await main();
