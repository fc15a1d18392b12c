import { cpus, loadavg } from 'node:os';
import { type Figure, isBroken, isHeld } from './figure.ts';

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });
const COLUMNS = ['budget', 'what', 'figure', 'at most', '', 'others'] as const;

function row(figure: Figure): string[] {
  const { budget, what, value, unit, limit, least, anchor } = figure;
  const verdict = !isHeld(figure) ? '' : isBroken(figure) ? 'BROKEN' : 'ok';
  return [
    String(budget),
    what,
    `${number.format(value)} ${unit}`,
    limit !== null ? number.format(limit) : least !== undefined ? `≥ ${number.format(least)}` : '',
    verdict,
    anchor,
  ];
}

/** For a terminal. */
export function asText(figures: readonly Figure[]): string {
  const rows = [[...COLUMNS], ...figures.map(row)];
  const widths = COLUMNS.map((_, i) => Math.max(...rows.map((cells) => cells[i]?.length ?? 0)));
  const pad = (cell: string, i: number) =>
    i === 2 || i === 3 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0);
  return rows.map((cells) => cells.map(pad).join('  ').trimEnd()).join('\n');
}

/** docs/benchmarks.md. */
export function asDocument(figures: readonly Figure[], facts: readonly string[], bundles: string, now: Date): string {
  const table = [[...COLUMNS], COLUMNS.map((_, i) => (i === 2 || i === 3 ? '--:' : '---')), ...figures.map(row)];
  return `# Benchmarks

Written by \`npm run bench\`; \`npm run bench -- --quick\` takes fewer rounds and writes nothing. Both fail on a broken budget.

${now.toISOString().slice(0, 10)}, Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}, load average ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')} (other work ran on the machine if it is above 1).

${table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}

## What is in the bundles

Thousands of bytes of minified code, by package; the largest eight of each.

${bundles}

## How each was measured

${METHODS}
${facts.map((fact) => `- ${fact}`).join('\n')}
`;
}

const METHODS = `- **1** \`test/bench/document-bytes.ts\`: the whole system on loopback, in a temporary folder. One article of 3,000 characters of Markdown;
  comments of 280 characters put on seats by the table's functions, sanitized, 60% of them replies, and published by the real publisher.
  Chromium with a fresh context, its cache off, Brotli accepted; the figure is CDP's \`encodedDataLength\` of the document: HTTP/1.1 headers and
  body, Brotli 5. CloudFront's own headers are not in it, nor how HTTP/2 packs them. 14,600 bytes are the ten segments of one
  initial congestion window.
- **2** \`test/bench/requests.ts\`: what reached the server while that page was read until the network was idle, the favicon not counted.
- **3** \`test/bench/client-script.ts\`: the built module, gzip 6.
- **4** \`test/bench/lighthouse.ts\`: Lighthouse as on a phone (its simulated network and processor) on that article with 500 comments, five runs.
- **5** \`test/bench/slow-network.ts\`: 1.6 Mbit/s and 150 ms by CDP, a fresh context, no cache: from the start of the navigation to the frame after the one in which the
  first comment has a height. Beside it the same page without style, script, head, form and classes. Both come
  from one server that has them compressed already, as an edge location does. Seven times each, taking turns.
- **6** \`test/bench/bundles.ts\`: esbuild with the options that are deployed (\`infra/aws/bundling.ts\`), gzip 6. 170 KB with the sanitizer, which
  Markdown goes through too, and 115 without: [what was done for it](decisions/021-two-parsers-one-table.md).
- **7** \`test/bench/start-up.ts\`: the CPU time of \`import()\` of each bundle in fresh processes that take turns, the lower quartile of 21, over that of a
  bundle with the DynamoDB client alone, as it comes. The plan was 1.6; what [is left out of the client](decisions/013-bundles-without-what-lambda-lacks.md) pays for all else, so what is held here is 1.1.
- **8** \`test/bench/submit-cpu.ts\`: a process of its own; \`process.cpuUsage\` around batches of 100 API Gateway events through the handler of
  \`functions/comments.ts\`: 9 rounds of 5,000 for each kind, taking turns, after one to warm up. Every text is another one, with emphasis, a link, a line
  break and a tag that is taken away. \`DynamoDBDocumentClient.send\` is replaced by a map in memory: the SDK's
  marshalling, signing and HTTP are not in it; routing, the middy stack, schema, sanitizer, identity hashes, rules, table functions and reply are.
  Held to the budget is the lowest tenth of the batches, because other work on the machine adds to CPU time; the median over the rounds stands below it.
  The last two are with 500 words, domains and addresses in the block list and a longest length, and with every rule off; the rules are read once for each batch.
- **9** \`test/bench/capacity.ts\`: \`infra/cost/operations.json\`, which \`npm run test:dynamodb\` writes and holds, on DynamoDB Local with ReturnConsumedCapacity.
  Reading a page takes none. Those of the rules are by the size of their item.
- **10** \`test/bench/slope.ts\`: a real table and bucket on loopback; one comment seated and published, 12 comments in its segment before it. Every request is
  counted, and what it asks, gets and writes. What stands before is the control item and the counters that such a conversation has; the items of its full segments,
  which no request asks for, are left out. CPU: the quietest tenth of 80 times that its pages are made, the table's engine with it.
- **11** \`test/bench/lag.ts\`: the article is fetched every 10 ms from the moment a comment has its seat until its entity tag is another, thirty times, with
  500 comments before. The work is the median of the 80 of budget 10.
- **12** \`test/bench/dollars.ts\`: \`infra/cost/reckon.ts\`, as \`npm run stoa -- cost\` reckons. The flood is the one of \`test/handlers/flood.test.ts\`, 2,000 comments from 50
  addresses, as if every one were accepted and held; the quotas let 250 of them in at most, and refusing costs less. Mails to moderators are not in it.`;
