import { writeFile } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { writeLinesTo } from '../../functions/log.ts';
import { launchBrowser } from '../support/browser.ts';
import { openBlog } from './blog.ts';
import { describeBundles, measureSizes } from './bundle-sizes.ts';
import { makeBundles } from './bundles.ts';
import { measureCapacity } from './capacity.ts';
import { measureScript } from './client-script.ts';
import { measureDocument } from './document-bytes.ts';
import { measureDollars } from './dollars.ts';
import { type Figure, isBroken } from './figure.ts';
import { measureLag } from './lag.ts';
import { measureLighthouse } from './lighthouse.ts';
import { asDocument, asText } from './report.ts';
import { measureRequests } from './requests.ts';
import { measureSlope } from './slope.ts';
import { measureSlowNetwork } from './slow-network.ts';
import { measureStartUp } from './start-up.ts';
import { measureSubmitting } from './submit-cpu.ts';

const DOCUMENT = new URL('../../docs/benchmarks.md', import.meta.url);

/** `npm run bench`: every budget measured here, as a table; exit code 1 when one is broken. */
async function main(quick: boolean): Promise<void> {
  const { figures: reading, fact } = await readArticle(quick);
  writeLinesTo(nowhere(), nowhere());
  const bundles = await makeBundles();
  const figures = [
    ...reading,
    ...(await measureScript()),
    ...measureSizes(bundles),
    ...(await measureStartUp(bundles, quick)),
    ...(await measureSubmitting(quick)),
    ...measureCapacity(),
    ...(await measureSlope(quick)),
    ...measureDollars(),
  ];
  figures.sort((a, b) => a.budget - b.budget);
  console.log(asText(figures));
  if (!quick) await writeFile(DOCUMENT, asDocument(figures, [fact], describeBundles(bundles), new Date()));

  const broken = figures.filter(isBroken);
  if (broken.length > 0) console.error(`\n${broken.length} of the budgets are broken`);
  process.exitCode = broken.length > 0 ? 1 : 0;
}

async function readArticle(quick: boolean): Promise<{ figures: Figure[]; fact: string }> {
  await using browser = await launchBrowser();
  await using blog = await openBlog();
  const figures = [...(await measureDocument(blog, browser, quick)), ...(await measureRequests(blog, browser))];
  if (!quick) {
    figures.push(...(await measureSlowNetwork(blog, browser)), ...(await measureLag(blog)));
    figures.push(...(await measureLighthouse(blog)));
  }
  const texts = [blog.source, ...blog.conversation.sources.slice(0, 40)].join('\n');
  const ratio = (text: string) => (text.length / gzipSync(text).length).toFixed(2);
  const fact = `The texts are made by a seeded generator from some 800 words, the common ones far more often: gzip takes the article alone to 1/${ratio(blog.source)}, article and 40 comments together to 1/${ratio(texts)} (prose is between 2.0 and 2.6).`;
  return { figures, fact };
}

/** The lines are made and written; this process's own output is the figures. */
const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

await main(process.argv.includes('--quick'));
