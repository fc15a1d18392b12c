import { RuleError } from '../domain/errors.ts';
import type { Call } from './call.ts';

const CLAIM = 'cognito:groups';

/** Throws RuleError 'group.missing'. API Gateway hands a claim that is a list on as `[author moderator]`. */
export function requireGroup(call: Call, group: 'author' | 'moderator'): void {
  const claim = call.requestContext.authorizer?.jwt?.claims[CLAIM] ?? '';
  const groups = claim.replace(/^\[|\]$/g, '').split(/[\s,]+/);
  if (!groups.includes(group)) throw new RuleError('group.missing', { group });
}
