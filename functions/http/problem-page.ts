import { renderProblem } from '../../web/pages/render.ts';
import type { FormView, ProblemView } from '../../web/pages/views.ts';
import type { RuleError } from '../domain/errors.ts';
import type { Site } from '../domain/settings.ts';
import { readEnv } from '../env.ts';
import { siteInForce } from '../site-in-force.ts';
import { openTable } from '../table/table.ts';
import type { Call, Reply } from './call.ts';
import { fieldsOf, PROBLEMS } from './problems.ts';
import { html } from './reply.ts';

/** A refusal as a page, with the form as it was sent, so that nothing is lost. */
export async function problemPage(call: Call, refusal: RuleError): Promise<Reply> {
  const { status, title, detail } = PROBLEMS[refusal.code];
  const view: ProblemView = {
    site: await site(),
    status,
    title,
    detail: detail(refusal.detail),
    form: typed(call, fieldsOf(refusal)),
    words: reworded(call, fieldsOf(refusal).body),
  };
  return html(status, renderProblem(view));
}

const COMMENTING = 'POST /api/posts/{slug}/comments';

/** The settings' where the table cannot be read: that may be what the page is about. */
function site(): Promise<Site> {
  const { table, settings } = readEnv();
  return siteInForce(openTable(table)).catch(() => settings.site);
}

/** Null where no form was sent. */
function typed({ input, pathParameters, requestContext }: Call, errors: FormView['errors']): ProblemView['form'] {
  const slug = pathParameters?.slug;
  if (!input || typeof input !== 'object' || !slug || requestContext.routeKey !== COMMENTING) return null;
  const sent = new Map(Object.entries(input));
  const text = (name: string) => {
    const value = sent.get(name);
    return typeof value === 'string' ? value : Array.isArray(value) ? value.join('\n\n') : '';
  };
  return {
    post: null,
    fields: {
      slug,
      parent: text('parent') || null,
      values: {
        name: text('name'),
        email: text('email'),
        url: text('url'),
        body: text('body'),
        notify: text('notify') !== '',
      },
      errors,
    },
  };
}

/** Other words for a comment that is there. */
function reworded({ input, requestContext, pathParameters }: Call, error: string | undefined): ProblemView['words'] {
  if (!requestContext.routeKey.endsWith('/words') || !input || typeof input !== 'object' || !('body' in input))
    return null;
  const body = [input.body].flat().filter((text) => typeof text === 'string');
  return {
    action: `/api/comments/${encodeURIComponent(pathParameters?.id ?? '')}/words`,
    body: body.join('\n\n'),
    error,
  };
}
