import { RuleError } from '../domain/errors.ts';
import { challengeFor } from '../domain/proof.ts';
import { readEnv } from '../env.ts';
import { type Call, param, type Reply } from '../http/call.ts';
import { json } from '../http/reply.ts';
import { readKeys } from '../keys.ts';

/** Work for a script that will send a comment to this article. Throws RuleError 'proof.off' where none is asked for. */
export async function challenge(call: Call): Promise<Reply> {
  const { settings } = readEnv();
  const { proofKey } = readKeys();
  if (!settings.proof) throw new RuleError('proof.off');
  return json(200, await challengeFor(proofKey, param(call, 'slug'), settings.proof, new Date()));
}
