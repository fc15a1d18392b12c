import { Writable } from 'node:stream';
import { createChallenge } from 'altcha-lib/v1';
import * as v from 'valibot';
import { handler } from '../../functions/comments.ts';
import { addressHash, readerHash } from '../../functions/domain/identity.ts';
import { sanitizeComment } from '../../functions/domain/sanitize.ts';
import { settingsSchema } from '../../functions/domain/settings.ts';
import type { Call } from '../../functions/http/call.ts';
import { writeLinesTo } from '../../functions/log.ts';
import { forgetRules } from '../../functions/rules-in-force.ts';
import { addressKey, ctlKey, metaKey, readerKey, rulesKey, slugKey } from '../../functions/table/keys.ts';
import { connect } from '../../infra/local/connection.ts';
import { EVERY_RULE, NO_RULE } from './every-rule.ts';
import { median } from './figure.ts';
import { answerFromMemory } from './memory-table.ts';
import { seeded } from './random.ts';
import { markedText, type Submission, submissionEvent } from './submissions.ts';

/** What one submission costs, in microseconds of CPU. */
export interface SubmitCost {
  as: Submission['as'];
  characters: number;
  /** A reader known from before is seated at once, anybody else is held. */
  known: boolean;
  /** Others than the settings'. */
  rules?: 'every' | 'no';
  /** Of the whole request. */
  whole: Spread;
  /** Of the sanitizer alone, on the same texts. */
  sanitizing: Spread;
}

export interface Spread {
  /** Over the rounds. */
  median: number;
  /** A tenth of the batches took less: what it costs while no neighbour presses on the core's caches. */
  quiet: number;
}

const CASES = [
  { as: 'form', characters: 280, known: false },
  { as: 'json', characters: 280, known: false },
  { as: 'form', characters: 800, known: false },
  { as: 'json', characters: 800, known: false },
  { as: 'json', characters: 280, known: true },
  { as: 'json', characters: 280, known: false, rules: 'every' },
  { as: 'json', characters: 280, known: false, rules: 'no' },
] as const satisfies readonly Case[];

type Case = Pick<SubmitCost, 'as' | 'characters' | 'known' | 'rules'>;

const RULES = { every: EVERY_RULE, no: NO_RULE };

/** Made just before they are sent, as a function has them; made all at once, the collector would be measured. */
const BATCH = 100;

const POST = '0123456789abcdef01234567';
const SLUG = 'what-a-bench-is-for';
const ORIGIN_SECRET = 'an-origin-secret-of-the-usual-forty-bytes';
const IDENTITY_KEY = 'an-identity-key-of-at-least-thirty-two-bytes';
const PROOF_KEY = 'a-key-for-challenges-of-thirty-two-bytes';
const READER = 'r'.repeat(43);
const KNOWN = { person: '76543210fedcba9876543210', email: 'ines@example.org' };

/**
 * Run by submit-cpu.ts in a process of its own, so that nothing else is counted: `submit-process.ts <rounds> <posts>`
 * writes SubmitCost[] as JSON. The cases take turns within a round.
 */
async function main(rounds: number, posts: number): Promise<void> {
  // The lines are made and written; this process's own output is the figures.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  writeLinesTo(nowhere, nowhere);
  const table = openTable();
  const random = seeded(3);
  const batch = async (size: number, { as, characters, known }: Case) => {
    const texts = Array.from({ length: size }, () => markedText(random, characters));
    const proofs = await Promise.all(texts.map(() => (as === 'json' ? proofOfWork() : '')));
    const events = texts.map((text, i) => {
      const who = known ? { email: KNOWN.email, reader: READER } : { email: `reader-${i}@example.org` };
      return submissionEvent(SLUG, ORIGIN_SECRET, { as, text, proof: proofs[i] ?? '', ...who });
    });
    return { texts, events };
  };
  const measured = CASES.map((of: Case) => ({ of, whole: [] as number[][], sanitizing: [] as number[][] }));
  for (let round = -1; round < rounds; round += 1) {
    for (const { of, whole, sanitizing } of measured) {
      const [all, part]: [number[], number[]] = [[], []];
      for (let done = 0; done < posts; done += BATCH) {
        const { texts, events } = await batch(BATCH, of);
        table.forget();
        forgetRules();
        if (of.rules) table.put(rulesKey(), { rules: RULES[of.rules], who: 'ada', at: '', ver: 1 });
        all.push(await cpuOf(() => submitAll(events, of)));
        part.push(await cpuOf(() => sanitizeAll(texts)));
      }
      // The first round warms up.
      if (round >= 0) whole.push(all);
      if (round >= 0) sanitizing.push(part);
    }
  }
  const costs: SubmitCost[] = measured.map(({ of, whole, sanitizing }) => ({
    ...of,
    whole: spread(whole),
    sanitizing: spread(sanitizing),
  }));
  process.stdout.write(JSON.stringify(costs));
}

function spread(rounds: readonly number[][]): Spread {
  const batches = rounds.flat().toSorted((a, b) => a - b);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { median: median(rounds.map(mean)), quiet: batches[Math.floor(batches.length / 10)] ?? Number.NaN };
}

/** As a page's script has it after some seconds. */
async function proofOfWork(): Promise<string> {
  const now = Date.now();
  const { algorithm, challenge, salt, signature } = await createChallenge({
    hmacKey: PROOF_KEY,
    number: 7,
    expires: new Date(now + 60_000),
    params: { for: SLUG, at: String(now - 10_000) },
  });
  return btoa(JSON.stringify({ algorithm, challenge, number: 7, salt, signature }));
}

/** One published article, and one person whose browser is known. */
function openTable() {
  connect({
    tableUrl: 'http://nowhere.invalid',
    bucketUrl: 'http://nowhere.invalid',
    secrets: {
      accessKey: 'none',
      identityKey: IDENTITY_KEY,
      originSecret: ORIGIN_SECRET,
      addressKey: '',
      unsubscribeKey: '',
      proofKey: PROOF_KEY,
      opinionKey: PROOF_KEY,
    },
    settings: v.parse(settingsSchema, {}),
  });
  const table = answerFromMemory();
  table.put(slugKey(SLUG), { post: POST });
  table.put(metaKey(POST), { id: POST, slug: SLUG, title: 'What a bench is for', status: 'published', closed: false });
  table.put(ctlKey(POST, '1'), { n: 0, roots: 0, bytes: 0, k: {}, thr: {}, ver: 1 });
  table.put(addressKey(addressHash(IDENTITY_KEY, KNOWN.email)), { person: KNOWN.person });
  table.put(readerKey(KNOWN.person, readerHash(READER)), { trusted: true });
  table.keep();
  return table;
}

async function submitAll(events: readonly Call[], { as, known }: Case): Promise<void> {
  const status = as === 'form' ? 303 : 201;
  for (const event of events) {
    const { statusCode, body } = await handler(event, {});
    if (statusCode !== status) throw new Error(`a comment gave ${statusCode}: ${body}`);
    if (known && !body?.includes('"approved"')) throw new Error(`a known reader was not seated: ${body}`);
  }
}

async function sanitizeAll(texts: readonly string[]): Promise<void> {
  for (const text of texts) sanitizeComment(text);
}

/** Microseconds for each of a batch. */
async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / BATCH;
}

await main(Number(process.argv[2]), Number(process.argv[3]));
