import type { Settings } from '../../functions/domain/settings.ts';
import type { ThrottleName } from '../../functions/manifest.ts';

type Limits = Settings['limits']['throttle'];

/**
 * API Gateway's throttle: one token bucket per route, `rate` requests a second and `burst` at once. Returns whether
 * the request may pass. `now` is in milliseconds.
 */
export function routeThrottle(limits: Limits, now: () => number): (route: string, name: ThrottleName) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();

  return (route, name) => {
    const limit = limits?.[name];
    if (!limit) return true;

    const at = now();
    const bucket = buckets.get(route) ?? { tokens: limit.burst, at };
    const elapsed = Math.max(0, at - bucket.at) / 1000;
    const tokens = Math.min(limit.burst, bucket.tokens + elapsed * limit.rate);
    const passes = tokens >= 1;
    buckets.set(route, { tokens: passes ? tokens - 1 : tokens, at });
    return passes;
  };
}
