import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import type { ErrorCode } from '../functions/domain/errors.ts';
import { PROBLEMS } from '../functions/http/problems.ts';
import { type FunctionSpec, manifest, type Route } from '../functions/manifest.ts';
import { bodies, type Operation, operations } from './openapi/operations.ts';
import { replies } from './openapi/replies.ts';

export const FILE = new URL('../docs/openapi.json', import.meta.url);

/**
 * The API as an OpenAPI 3.1 document: the manifest's routes with the schemas that the handlers check. Throws an Error
 * naming a route that operations.ts does not describe.
 */
export function openapi() {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Stoa',
      version: String(version),
      description: 'A blog that holds a real conversation. Whatever a caller may not see is answered with 404.',
    },
    servers: [{ url: '/' }],
    paths: paths(),
    components: {
      schemas: Object.fromEntries(
        Object.entries({ ...bodies, ...replies }).map(([name, schema]) => [name, jsonSchema(schema)]),
      ),
      securitySchemes: {
        author: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'An access token of the site’s OpenID provider, with this scope, of an account in the group author',
        },
      },
    },
  };
}

function paths(): Record<string, Record<string, object>> {
  const found: Record<string, Record<string, object>> = {};
  for (const { routes = [] } of Object.values<FunctionSpec>(manifest)) {
    for (const route of routes) {
      found[route.path] ??= {};
      Object.assign(found[route.path] ?? {}, { [route.method.toLowerCase()]: described(route) });
    }
  }
  return found;
}

function described(route: Route) {
  const key = `${route.method} ${route.path}`;
  const operation = operations[key];
  if (!operation) throw new Error(`infra/openapi/operations.ts does not describe ${key}`);
  const { id, summary, body, form } = operation;
  const parameters = parametersOf(route, operation);
  const content = { schema: { $ref: `#/components/schemas/${body}` } };
  return {
    operationId: id,
    summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': content, ...(form ? { 'application/x-www-form-urlencoded': content } : {}) },
          },
        }
      : {}),
    responses: responsesOf(route, operation),
    security: route.auth === 'public' ? [] : [{ author: [route.auth.scope] }],
  };
}

function parametersOf({ path }: Route, { query = {} }: Operation): object[] {
  const inPath = path.split('/').filter((part) => part.startsWith('{'));
  const schema = { type: 'string' };
  return [
    ...inPath.map((part) => ({ name: part.slice(1, -1), in: 'path', required: true, schema })),
    ...Object.entries(query).map(([name, description]) => ({ name, in: 'query', description, schema })),
  ];
}

function responsesOf({ auth }: Route, { answers, etag, form, refuses }: Operation): Record<string, object> {
  const [status, description, reply] = answers;
  const content = reply && contentOf(reply);
  return {
    [status]: {
      description,
      ...(etag ? { headers: { ETag: { schema: { type: 'string' } } } } : {}),
      ...(content ? { content } : {}),
    },
    ...(etag ? { 304: { description: 'It did not change since' } } : {}),
    ...(form ? { 303: { description: 'A form was taken: go on to its receipt', headers: locations() } } : {}),
    ...(auth === 'public' ? {} : { 401: { description: 'There is no token, or it is not valid' } }),
    ...refusals(refuses, form || reply === 'page' ? page() : {}),
    429: { description: 'Too many requests at once' },
  };
}

/** A 403 of the API is a 404 to whoever comes through the distribution. */
function refusals(codes: readonly ErrorCode[], page: object): Record<string, object> {
  const statusOf = (code: ErrorCode) => (PROBLEMS[code].status === 403 ? 404 : PROBLEMS[code].status);
  const grouped = Object.groupBy(codes, statusOf);
  return Object.fromEntries(
    Object.entries(grouped).map(([status, group = []]) => [
      status,
      {
        description: group.map((code) => `\`${code}\`: ${PROBLEMS[code].title}`).join('; '),
        content: { 'application/problem+json': { schema: ref('Problem') }, ...page },
      },
    ]),
  );
}

function contentOf(reply: NonNullable<Operation['answers'][2]>): object {
  if (reply === 'page') return page();
  if (reply === 'atom') return { 'application/xml': { schema: { type: 'string' } } };
  return { 'application/json': { schema: ref(reply) } };
}

const ref = (name: keyof typeof replies) => ({ $ref: `#/components/schemas/${name}` });
const page = () => ({ 'text/html': { schema: { type: 'string' } } });
const locations = () => ({ Location: { schema: { type: 'string' } } });

/** Without what JSON Schema cannot say: the transformations, and the checks by a function. */
function jsonSchema(schema: GenericSchema): object {
  const { $schema: _, ...rest } = toJsonSchema(schema, { target: 'draft-2020-12', errorMode: 'ignore' });
  return rest;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(FILE, `${JSON.stringify(openapi(), null, 2)}\n`);
  execFileSync('biome', ['format', '--write', fileURLToPath(FILE)], { stdio: 'ignore' });
}
