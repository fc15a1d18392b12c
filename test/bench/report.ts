import { cpus, loadavg } from 'node:os';
import { type Figure, isBroken } from './figure.ts';

const number = new Intl.NumberFormat('en');
const COLUMNS = ['budget', 'what', 'figure', 'at most', '', 'others'] as const;

function row(figure: Figure): string[] {
  const { budget, what, value, unit, limit, anchor } = figure;
  const verdict = limit === null ? '' : isBroken(figure) ? 'BROKEN' : 'ok';
  return [
    String(budget),
    what,
    `${number.format(value)} ${unit}`,
    limit === null ? '' : number.format(limit),
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
- **6** \`test/bench/bundles.ts\`: esbuild with the options that are deployed (\`infra/aws/bundling.ts\`), gzip 6. The plan was 170 KB with the sanitizer and
  115 without. What renders Markdown holds markdown-it besides, and is [more than planned](decisions/021-two-parsers-one-table.md).
- **7** \`test/bench/start-up.ts\`: the CPU time of \`import()\` of each bundle in fresh processes that take turns, the lower quartile of 21, over that of a
  bundle with the DynamoDB client alone. The plan was 1.6 for all: what the sanitizer and Markdown bring is compiled, and costs the rest.
- **8** \`test/bench/submit-cpu.ts\`: a process of its own; \`process.cpuUsage\` around batches of 100 API Gateway events through the handler of
  \`functions/comments.ts\`: 9 rounds of 5,000 for each kind, taking turns, after one to warm up. Every text is another one, with emphasis, a link, a line
  break and a tag that is taken away. \`DynamoDBDocumentClient.send\` is replaced by a map in memory: the SDK's
  marshalling, signing and HTTP are not in it; routing, the middy stack, schema, sanitizer, identity hashes, rules, table functions and reply are.
  Held to the budget is the lowest tenth of the batches, because other work on the machine adds to CPU time; the median over the rounds stands below it.`;
