import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Crash, type Random } from './faults.ts';

export interface Faults {
  next: Random;
  /** Of each kind, at each attempt; 0 for none. */
  chance: number;
  /** Requests that the client was given, and faults that it met. */
  operations: number;
  dealt: number;
}

const LONGEST_MS = 20;

/**
 * Within the SDK's own retries: a connection that is reset before the request leaves or before its answer comes, a
 * throttle, a delay; what it does about them is part of what is tested. Around them: a call that fails for good, before
 * or after it was done.
 */
export function injectFaults({ middlewareStack }: DynamoDBClient, faults: Faults): void {
  const meets = (times = 1) => {
    const hit = faults.next() < faults.chance * times;
    if (hit) faults.dealt++;
    return hit;
  };
  middlewareStack.add(
    (next) => async (args) => {
      if (meets()) await sleep(faults.next() * LONGEST_MS);
      if (meets()) throw named('ThrottlingException');
      if (meets()) throw reset();
      const answer = await next(args);
      if (meets()) throw reset();
      return answer;
    },
    { step: 'deserialize', priority: 'high', name: 'faultsOfAnAttempt' },
  );
  middlewareStack.add(
    (next) => async (args) => {
      faults.operations++;
      if (meets(1 / 4)) throw new Crash('before');
      const answer = await next(args);
      if (meets(1 / 4)) throw new Crash('after');
      return answer;
    },
    { step: 'initialize', priority: 'high', name: 'faultsOfACall' },
  );
}

const named = (name: string) => Object.assign(new Error(name), { name, $metadata: { httpStatusCode: 400 } });
const reset = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
