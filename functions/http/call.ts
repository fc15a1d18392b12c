import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { RuleError } from '../domain/errors.ts';
import type { SafeHtml } from '../domain/sanitize.ts';

/** A request on its way through the stack: each middleware adds what the next ones and the handler need. */
export interface Call<Input = unknown> extends Omit<APIGatewayProxyEventV2, 'requestContext'> {
  requestContext: APIGatewayProxyEventV2['requestContext'] & {
    authorizer?: { jwt?: { claims: Record<string, string> } };
  };
  /** parse: the body as sent; schema: rebuilt from what is allowed. */
  input: Input;
  /** sanitize: the comment's HTML and what was taken away. */
  safe: { html: SafeHtml; removed: string[] };
}

export type Reply = APIGatewayProxyStructuredResultV2;

/** Longer than any slug or id, and shorter than what a key of the table can hold. */
const PARAM_CHARACTERS = 200;

/** Throws RuleError 'query.invalid' for a value that is too long; an Error for a parameter that the route does not have. */
export function param(call: Call, name: string): string {
  const value = call.pathParameters?.[name];
  if (value === undefined) throw new Error(`the route has no {${name}}`);
  if (value.length > PARAM_CHARACTERS) {
    throw new RuleError('query.invalid', { name, remedy: `may have ${PARAM_CHARACTERS} characters` });
  }
  return value;
}

export function cookie(call: Call, name: string): string | null {
  const found = call.cookies?.find((pair) => pair.startsWith(`${name}=`));
  return found ? found.slice(name.length + 1) : null;
}

const typeOf = (call: Call) => (call.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

export const isForm = (call: Call) => typeOf(call) === 'application/x-www-form-urlencoded';
export const isJson = (call: Call) => typeOf(call) === 'application/json';

/** Forms and links are answered with a page, programs and scripts with JSON. */
export const wantsPage = (call: Call) =>
  isForm(call) || (!isJson(call) && (call.headers.accept ?? '').includes('text/html'));
