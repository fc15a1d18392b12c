import { solveChallenge } from 'altcha-lib/v1';
import type { Challenge } from 'altcha-lib/v1/types';

type Given = Challenge & { minutes: number; seconds: number };

interface Made {
  proof: string;
  /** In milliseconds of this page's clock: what is sent sooner, or later, is held. */
  from: number;
  until: number;
}

/** Works while somebody writes: hash by hash, each off the page's thread. Without a proof a comment is sent all the same. */
export function prover(form: HTMLFormElement): { begin(): void; take(): Promise<string> } {
  const address = form.action.replace(/comments$/, 'challenge');
  const begin = () => {
    current ??= make(address);
    return current;
  };
  let current: Promise<Made | null> | undefined;
  return {
    begin,
    /** Each is for one comment. */
    async take() {
      const early = await begin();
      const made = early && early.until > performance.now() ? early : await make(address);
      current = undefined;
      if (!made) return '';
      await new Promise((done) => setTimeout(done, made.from - performance.now()));
      return made.proof;
    },
  };
}

async function make(address: string): Promise<Made | null> {
  try {
    const response = await fetch(address);
    if (!response.ok) return null;
    const { algorithm, challenge, maxnumber, salt, signature, minutes, seconds }: Given = await response.json();
    const now = performance.now();
    const solution = await solveChallenge(challenge, salt, algorithm, maxnumber).promise;
    return (
      solution && {
        proof: btoa(JSON.stringify({ algorithm, challenge, number: solution.number, salt, signature })),
        from: now + seconds * 1_000,
        until: now + (minutes - 0.5) * 60_000,
      }
    );
  } catch {
    return null;
  }
}
