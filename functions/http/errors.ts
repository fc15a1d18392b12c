import { RuleError } from '../domain/errors.ts';
import { type Call, type Reply, wantsPage } from './call.ts';
import type { Middleware } from './middleware.ts';
import { fieldsOf, PROBLEMS } from './problems.ts';
import { json } from './reply.ts';

/** How a refusal looks to a person: problem-page.ts, in the functions whose routes people visit. */
export type ProblemPage = (call: Call, refusal: RuleError) => Promise<Reply>;

/**
 * Every refusal as application/problem+json (RFC 9457), or where there is a `page`, as one with what was typed; with
 * `Retry-After` where time heals it. What is no RuleError is a fault of ours, answered with 500.
 */
export function errors(page?: ProblemPage): Middleware {
  return {
    onError: async function answerProblem(request) {
      const refusal = request.error instanceof RuleError ? request.error : new RuleError('internal');
      const reply = page && wantsPage(request.event) ? await page(request.event, refusal) : problem(refusal);
      const { seconds } = refusal.detail;
      request.response =
        seconds === undefined ? reply : { ...reply, headers: { ...reply.headers, 'retry-after': seconds } };
    },
  };
}

function problem(refusal: RuleError): Reply {
  const { status, title, detail } = PROBLEMS[refusal.code];
  return json(
    status,
    {
      type: 'about:blank',
      title,
      status,
      detail: detail(refusal.detail),
      code: refusal.code,
      fields: fieldsOf(refusal),
      current: refusal.current,
    },
    'application/problem+json',
  );
}
