export type Kind = 'read' | 'comment' | 'approve';
export const KINDS: readonly Kind[] = ['read', 'comment', 'approve'];

export interface Latencies {
  count: number;
  errors: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  p99: number;
}

/** What came of requests since it was last asked, by kind. */
export function meter() {
  let samples: { kind: Kind; ms: number; ok: boolean }[] = [];
  return {
    /** Waits for a request, and notes it. Null where it failed, or its answer was not one of success. */
    async timed<T>(kind: Kind, act: () => Promise<T | null>): Promise<T | null> {
      const start = performance.now();
      const answer = await act().catch(() => null);
      samples.push({ kind, ms: performance.now() - start, ok: answer !== null });
      return answer;
    },
    take(): Record<Kind, Latencies> {
      const taken = samples;
      samples = [];
      return Object.fromEntries(
        KINDS.map((kind) => [kind, summed(taken.filter((one) => one.kind === kind))]),
      ) as Record<Kind, Latencies>;
    },
  };
}

function summed(samples: readonly { ms: number; ok: boolean }[]): Latencies {
  const sorted = samples.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  const errors = samples.filter(({ ok }) => !ok).length;
  return { count: samples.length, errors, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
