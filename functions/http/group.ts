import { RuleError } from '../domain/errors.ts';
import { readEnv } from '../env.ts';
import type { Call } from './call.ts';

/** Of Cognito's tokens, and of the local provider's. */
const CLAIM = 'cognito:groups';

/** Throws RuleError 'group.missing'. API Gateway hands a claim that is a list on as `[author moderator]`. */
export function requireGroup(call: Call, group: 'author' | 'moderator'): void {
  const claim = call.requestContext.authorizer?.jwt?.claims[readEnv().settings.signIn?.groupsClaim ?? CLAIM] ?? '';
  const groups = claim.replace(/^\[|\]$/g, '').split(/[\s,]+/);
  if (!groups.includes(group)) throw new RuleError('group.missing', { group });
}

/** Who signed in, by the issuer's name for them: what is recorded with what they do. */
export function accountOf(call: Call): string {
  const { sub } = call.requestContext.authorizer?.jwt?.claims ?? {};
  if (!sub) throw new Error('the authorizer let a token without a subject through');
  return sub;
}
