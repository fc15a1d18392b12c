import { cpus, loadavg } from 'node:os';
import type { Kind, Latencies } from './meter.ts';

export interface Interval extends Record<Kind, Latencies> {
  phase: string;
  /** Requests that were not begun, since so many were open. */
  dropped: number;
  /** Acknowledged comments that the article's page does not count yet. */
  backlog: number;
  /** Of these, for a moderator. */
  waiting: number;
  megabytes: number | null;
}

export interface Result {
  intervals: readonly Interval[];
  said: number;
  approved: number;
  published: number;
  recoveredAfterS: number;
}

type Phases = readonly { name: string; seconds: number; reads: number; comments: number }[];

const times = ({ count, p50, p95, p99 }: Latencies) =>
  count === 0 ? '' : [p50, p95, p99].map((ms) => Math.round(ms)).join(' / ');

export const asTable = (intervals: readonly Interval[]): string =>
  [
    ['', 'reads', 'ms', 'comments', 'ms', 'verdicts', 'ms', 'errors', 'not begun', 'not yet on the page', 'MB'],
    ['---', ...Array(10).fill('--:')],
    ...intervals.map(({ phase, read, comment, approve, dropped, backlog, waiting, megabytes }) => [
      phase,
      ...[read, comment, approve].flatMap((kind) => [kind.count, times(kind)]),
      read.errors + comment.errors + approve.errors,
      dropped,
      `${backlog}, ${waiting} of them held`,
      megabytes ?? '',
    ]),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

export function asDocument({ intervals, said, approved, published, recoveredAfterS }: Result, phases: Phases): string {
  const asked = intervals.flatMap(({ read, comment, approve }) => [read, comment, approve]);
  const sum = (of: (one: Latencies) => number) => asked.reduce((total, one) => total + of(one), 0);
  const load = loadavg()
    .map((one) => one.toFixed(1))
    .join(' ');
  return `# Load

Written by \`npm run load\`, which runs some two minutes on loopback and fails when an acknowledged comment is not approved and on the page at its end.

${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}, load average ${load}
(the run's own, and that of other work on the machine: latencies are of that moment, not of the program alone).

A real \`npm start\` in a process of its own, its quotas and throttles off, one article. Readers get its page, strangers write to it (each is held), and a moderator lets in what waits
twice a second by the admin API. Requests are begun at a fixed pace, whether those before were answered or not: ${phases
    .map(
      ({ name, seconds, reads, comments }) =>
        `${name} ${seconds} s of ${reads} reads and ${comments} comments a second`,
    )
    .join(
      ', ',
    )}. A row is five seconds; ms are the 50th, 95th and 99th percentile of what was answered in it; errors are requests that failed or were answered
with 4xx or 5xx; with 200 open, further ones are not begun; MB is the server's resident memory. What is not yet on the page and not held is what the publisher is behind by.

${asTable(intervals)}

${sum(({ count }) => count)} requests, ${sum(({ errors }) => errors)} of them failed. ${said} comments were acknowledged, ${approved} approved, ${published} are on the page; the last of them ${recoveredAfterS.toFixed(1)} s after the last was sent.
`;
}
