import type { GivenUp } from './failures.ts';
import type { LambdaRecord, StreamEvent } from './lambda-event.ts';

export interface BatchResponse {
  batchItemFailures?: { itemIdentifier: string }[];
}

export interface Terms {
  invoke(event: StreamEvent): Promise<BatchResponse>;
  retries: number;
  maxAgeSeconds: number;
  now(): number;
  /** Waits before the n-th retry. */
  backOff(retry: number): Promise<void>;
  /** Everything up to this sequence number is done. */
  done(sequence: string): void;
  giveUp(failure: GivenUp): void;
  stopped(): boolean;
}

/**
 * Hands a batch to a function as Lambda does for streams, with ReportBatchItemFailures and BisectBatchOnFunctionError. What
 * comes before the lowest failed record is done. A piece that fails from its start on is split in two, which uses up no
 * retry; a single record is tried again, and given up after its retries or beyond its age. Order is kept throughout.
 * Unlike Lambda, age ends only the retries: after a week switched off, each record still gets its first try.
 */
export const deliver = async (batch: readonly LambdaRecord[], terms: Terms): Promise<void> => {
  const pieces = [batch];
  let attempts = 0;
  for (let piece = pieces.shift(); piece && !terms.stopped(); piece = pieces.shift()) {
    const { taken, error } = await attempt(piece, terms);
    attempts = taken > 0 ? 0 : attempts + 1;
    const rest = piece.slice(taken);
    const newest = piece[taken - 1];
    if (newest) terms.done(newest.dynamodb.SequenceNumber);

    if (rest.length > 1 || taken > 0) {
      pieces.unshift(...(taken > 0 ? [rest] : halves(rest)).filter((part) => part.length > 0));
      attempts = 0;
      continue;
    }
    const [record] = rest;
    if (!record) continue;
    const reason = endOfTrying(record, attempts, terms);
    if (reason) {
      terms.giveUp({ records: rest, reason, attempts, error });
      terms.done(record.dynamodb.SequenceNumber);
      attempts = 0;
    } else {
      await terms.backOff(attempts);
      pieces.unshift(rest);
    }
  }
};

/** How many of the records, from the start, are done. */
const attempt = async (records: readonly LambdaRecord[], terms: Terms): Promise<{ taken: number; error?: unknown }> => {
  try {
    return { taken: lowestFailure(records, await terms.invoke({ Records: structuredClone([...records]) })) };
  } catch (error) {
    return { taken: 0, error };
  }
};

/** An identifier that is empty or not of this batch fails all of it. */
const lowestFailure = (records: readonly LambdaRecord[], response: BatchResponse | undefined): number => {
  const failed = (response?.batchItemFailures ?? []).map(({ itemIdentifier }) =>
    records.findIndex((record) => record.dynamodb.SequenceNumber === itemIdentifier),
  );
  return failed.includes(-1) ? 0 : Math.min(records.length, ...failed);
};

const halves = (records: readonly LambdaRecord[]): LambdaRecord[][] => {
  const middle = Math.ceil(records.length / 2);
  return [records.slice(0, middle), records.slice(middle)];
};

const endOfTrying = (record: LambdaRecord, attempts: number, terms: Terms): GivenUp['reason'] | undefined => {
  if (attempts > terms.retries) return 'RetryAttemptsExhausted';
  const age = terms.now() / 1000 - record.dynamodb.ApproximateCreationDateTime;
  return age > terms.maxAgeSeconds ? 'RecordAgeExceeded' : undefined;
};
