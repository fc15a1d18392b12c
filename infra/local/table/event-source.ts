import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamTrigger } from '../../../functions/manifest.ts';
import { bell } from './bell.ts';
import { type BatchResponse, deliver } from './delivery.ts';
import { failureStore } from './failures.ts';
import { type LambdaRecord, lambdaRecord, type StreamEvent } from './lambda-event.ts';
import { compilePattern } from './pattern.ts';
import type { StreamLog } from './stream-log.ts';

export interface EventSourceOptions {
  /** The consumer's name: its checkpoint and its failures go by it. */
  name: string;
  log: StreamLog;
  trigger: StreamTrigger;
  /** Runs the function. A throw fails the whole batch. */
  invoke(event: StreamEvent): Promise<BatchResponse>;
  failureDir: string;
  /** In place of the trigger's `windowSeconds`. */
  windowMs?: number;
  /** Before the first retry; doubles with each further one, up to a minute. */
  backoffMs?: number;
  now?: () => number;
}

export interface EventSource {
  /** Waits until everything in the log before this call is processed or in the failure store; cuts the window short. Fails when closed. */
  drain(): Promise<void>;
  /** Waits for the running invocation; the next start goes on after the last checkpoint. */
  close(): Promise<void>;
}

/**
 * Lambda's event source mapping for a stream: filters, batches within a window, delivers, keeps the checkpoint. At least
 * once: a record is handed over again when the process died before its checkpoint. Asleep while nothing is appended.
 * Throws a one-line Error on an unsupported filter or when the failure folder cannot be made.
 */
export const startEventSource = (options: EventSourceOptions): EventSource => {
  const { name, log, trigger, invoke, backoffMs = 500, now = Date.now } = options;
  const windowMs = options.windowMs ?? trigger.windowSeconds * 1000;
  const patterns = trigger.filters.map(compilePattern);
  const giveUp = failureStore(options.failureDir, name, now);
  const closing = new AbortController();
  const { signal } = closing;
  const news = bell();
  const drains = new Set<{ target: string; done: () => void; fail: (error: Error) => void }>();
  let position = log.join(name);

  const advance = (sequence: string): void => {
    if (sequence <= position) return;
    log.checkpoint(name, sequence);
    position = sequence;
    settleDrains();
  };

  const settleDrains = (): void => {
    for (const drain of drains) {
      if (drain.target > position) continue;
      drains.delete(drain);
      drain.done();
    }
  };

  /** The next batch, and how far the log was read for it. */
  const collect = (): { batch: LambdaRecord[]; upTo: string } => {
    const batch: LambdaRecord[] = [];
    let upTo = position;
    for (let page = log.read(upTo, PAGE); page.length > 0; page = log.read(upTo, PAGE)) {
      for (const record of page) {
        const candidate = lambdaRecord(record);
        const passes = patterns.length === 0 || patterns.some((matches) => matches(candidate));
        if (passes && batch.length === trigger.batchSize) return { batch, upTo };
        if (passes) batch.push(candidate);
        upTo = record.sequence;
      }
    }
    return { batch, upTo };
  };

  const run = async (): Promise<void> => {
    let opened: number | undefined;
    while (!signal.aborted) {
      const { batch, upTo } = collect();
      if (batch.length === 0) {
        advance(upTo);
        await news.wait();
        continue;
      }
      opened ??= now();
      const left = opened + windowMs - now();
      if (batch.length < trigger.batchSize && left > 0 && drains.size === 0) {
        await news.wait(left);
        continue;
      }
      opened = undefined;
      await deliver(batch, { invoke, ...trigger, now, backOff, done: advance, giveUp, stopped: () => signal.aborted });
      if (!signal.aborted) advance(upTo);
    }
  };

  const backOff = (retry: number): Promise<void> => pause(Math.min(backoffMs * 2 ** (retry - 1), LONGEST_BACKOFF_MS));
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => {});

  /** A full disk stops checkpoints and failures from being written: nothing is skipped, it goes on once there is room. */
  const persevere = async (): Promise<void> => {
    while (!signal.aborted) {
      await run().catch((error: Error) => {
        process.emitWarning(`the event source ${name} cannot go on, and tries again: ${error.message}`);
        return pause(LONGEST_BACKOFF_MS / 10);
      });
    }
  };

  const unsubscribe = log.onAppend(news.ring);
  const running = persevere();

  return {
    drain: () =>
      new Promise((done, fail) => {
        if (signal.aborted) return fail(new Error(`the event source ${name} is closed`));
        drains.add({ target: log.last(), done, fail });
        settleDrains();
        news.ring();
      }),
    async close() {
      unsubscribe();
      closing.abort();
      news.ring();
      await running;
      for (const drain of drains) drain.fail(new Error(`the event source ${name} is closed`));
      drains.clear();
    },
  };
};

const PAGE = 500;
const LONGEST_BACKOFF_MS = 60_000;
