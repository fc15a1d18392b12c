import { computed, signal } from '@preact/signals';
import { api } from '../api.ts';
import { SessionEnded, sayProblem, Unreachable } from '../problem.ts';
import type { Moved, Status } from './held.ts';

/** A comment as the server has it, as far as is known here: shared by all verdicts on it. */
export interface Seen {
  id: string;
  status: Status;
  ver: number;
}

export interface Entry {
  seen: Seen;
  to: Status;
  /** `code` is the API's, or '' when the request itself failed. */
  refuse(reason: string, code: string): void;
  done?(): void;
}

/** As many as a list shows at once; the API takes twice as many. */
const MOST = 50;
/** Between two requests, so that quick fingers stay below the API's throttle: what is decided meanwhile goes in one. */
const GAP_MS = 300;

const waiting = signal<readonly Entry[]>([]);
const underway = signal<readonly Entry[]>([]);

/** Verdicts that the server has not confirmed yet. */
export const unconfirmed = computed(() => waiting.value.length + underway.value.length);

addEventListener('beforeunload', (event) => {
  if (unconfirmed.value > 0) event.preventDefault();
});

let sending = false;

/** Sends verdicts in the order in which they were given. Each is told what became of it. */
export function give(entries: readonly Entry[]): void {
  waiting.value = [...waiting.value, ...entries];
  if (!sending) void drain();
}

/** Takes back what was not sent yet. True: the server will never hear of it. */
export function takeBack(entry: Entry): boolean {
  if (!waiting.value.includes(entry)) return false;
  waiting.value = waiting.value.filter((one) => one !== entry);
  return true;
}

async function drain(): Promise<void> {
  sending = true;
  while (waiting.value.length > 0) {
    const batch = nextBatch(waiting.value);
    waiting.value = waiting.value.slice(batch.length);
    underway.value = batch;
    await send(batch);
    underway.value = [];
    await new Promise((resolve) => setTimeout(resolve, GAP_MS));
  }
  sending = false;
}

/** From the first on, as many as are one verdict on different comments. */
export function nextBatch(entries: readonly Entry[]): readonly Entry[] {
  const ids = new Set<string>();
  const end = entries.findIndex(({ seen, to }) => {
    const fits = to === entries[0]?.to && !ids.has(seen.id) && ids.size < MOST;
    ids.add(seen.id);
    return !fits;
  });
  return end === -1 ? entries : entries.slice(0, end);
}

async function send(batch: readonly Entry[]): Promise<void> {
  try {
    const comments = batch.map(({ seen: { id, status, ver } }) => ({ id, status, ver }));
    const { moved, refused } = await api.post<Moved>('/comments/moves', { comments, to: batch[0]?.to });
    const byId = new Map(batch.map((entry) => [entry.seen.id, entry]));
    for (const { id, status, ver } of moved) {
      const entry = byId.get(id);
      if (!entry) continue;
      Object.assign(entry.seen, { status, ver });
      entry.done?.();
    }
    for (const { id, code, detail } of refused) refuse(byId.get(id), detail, code);
  } catch (error) {
    const reason = sayProblem(error);
    for (const entry of batch) refuse(entry, reason);
    if (error instanceof Unreachable || error instanceof SessionEnded) {
      for (const entry of waiting.value) refuse(entry, reason);
    }
  }
}

/** What was decided after it about the same comment rests on it, and goes with it. */
function refuse(entry: Entry | undefined, reason: string, code = ''): void {
  if (!entry) return;
  waiting.value = waiting.value.filter(({ seen }) => seen.id !== entry.seen.id);
  entry.refuse(`Not done. ${reason}`, code);
}
