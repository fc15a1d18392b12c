import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { importJWK, type JWK, SignJWT } from 'jose';
import { type HTMLElement, parse } from 'node-html-parser';
import * as v from 'valibot';
import type { Status } from '../../functions/domain/moderation.ts';
import { settingsSchema } from '../../functions/domain/settings.ts';
import { AUTHOR_SCOPE } from '../../functions/manifest.ts';
import { move } from '../../functions/table/moves.ts';
import { openTable, type Table } from '../../functions/table/table.ts';
import { TABLE } from '../../infra/local/connection.ts';
import { type StoaServer, startServer } from '../../infra/local/server.ts';
import { signIn } from '../../infra/operator/sign-in.ts';
import { chosenEngine } from './engine.ts';
import { type Answer, type Sent, send } from './send.ts';

export interface Stack {
  server: StoaServer;
  dataDir: string;
  /** As a handler has it. */
  table: Table;
  send(path: string, init?: Sent): Promise<Answer>;
  /** A page, parsed. */
  page(path: string, init?: Sent): Promise<Answer & { document: HTMLElement }>;
  /** Posts a comment as a browser's form does. */
  form(slug: string, fields: Fields, headers?: Record<string, string>): Promise<Answer>;
  /** Posts a comment as the page's script does. */
  json(slug: string, fields: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Other settings for the functions; the gateway's throttle stays. */
  configure(settings: v.InferInput<typeof settingsSchema>): void;
  moderate(id: string, to: Status): Promise<void>;
  /** Resolves when all that was written before is in the pages. */
  drain(): Promise<void>;
  /** Everything in the table but how far its jobs have come, by key. */
  stored(): Promise<Record<string, unknown>>;
  /** What the functions have logged so far: each line as it was written, and read. */
  logged(): Promise<{ text: string; lines: Logged[] }>;
  /** An author's access token, from the sign-in form. */
  authorToken(): Promise<string>;
  /** A token that the provider might have given to somebody else. */
  tokenOf(claims: { groups?: readonly string[]; scope?: string }): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

export type Logged = Record<string, unknown>;

export type Fields = Record<string, string | readonly string[]>;

/** Every test comes from one address. */
export const UNLIMITED = { throttle: null, address: null, post: null, pending: null };

export const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' };
export const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
export const JSON_TYPE = { 'content-type': 'application/json' };

/** What a commenter fills in. */
export const filled = (over: Fields = {}): Fields => ({
  name: 'Mira Okafor',
  email: 'mira@example.org',
  url: '',
  body: 'There was always one chair too few.',
  ...over,
});

export const formBody = (fields: Fields): string =>
  String(
    new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
    ),
  );

/** The whole of Stoa on one machine, in a folder of its own; no throttle, quota or proof unless `settings` say so. One per test file. */
export async function openStack(settings: v.InferInput<typeof settingsSchema> = {}): Promise<Stack> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stoa-stack-'));
  const { startTable, settle } = chosenEngine();
  const server = await startServer({
    dataDir,
    startTable,
    port: 0,
    settings: v.parse(settingsSchema, { limits: UNLIMITED, proof: null, ...settings }),
    sample: false,
  });
  const { url, platform } = server;
  /** Twice, since what is written meanwhile, such as the mails of the slow lane, comes by the stream again. */
  const drain = async () => {
    for (let round = 0; round < 2; round++) {
      await settle();
      await platform.drain();
    }
  };
  const table = openTable(TABLE);
  const client = new DynamoDBClient({});
  const post = (slug: string, body: string, headers: Record<string, string>) =>
    send(url, `/api/posts/${slug}/comments`, { method: 'POST', body, headers: { ...SAME_ORIGIN, ...headers } });

  return {
    server,
    dataDir,
    table,
    send: (path, init) => send(url, path, init),
    page: async (path, init = {}) => {
      const answer = await send(url, path, { ...init, headers: { accept: 'text/html', ...init.headers } });
      return { ...answer, document: parse(answer.text) };
    },
    form: (slug, fields, headers = {}) => post(slug, formBody(fields), { ...FORM, ...headers }),
    json: (slug, fields, headers = {}) => post(slug, JSON.stringify(fields), { ...JSON_TYPE, ...headers }),
    configure: (over) => {
      process.env.STOA_SETTINGS = JSON.stringify(v.parse(settingsSchema, { limits: UNLIMITED, proof: null, ...over }));
    },
    moderate: async (id, to) => {
      await move(table, id, { to, by: 'test', at: new Date().toISOString(), rule: null });
    },
    drain,
    stored: async () => {
      await drain();
      return scan(client);
    },
    logged: async () => {
      const text = await readFile(join(dataDir, 'functions.log'), 'utf8');
      return {
        text,
        lines: text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      };
    },
    authorToken: async () => {
      const { issuer, clientId, account } = server.login;
      const redirectUri = `${url}/admin/`;
      return (await signIn({ issuer, clientId, redirectUri, ...account })).accessToken;
    },
    tokenOf: ({ groups = [], scope = AUTHOR_SCOPE }) => sign(dataDir, server, groups, scope),
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await server.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** The `name=value` of each cookie that an answer sets, as a browser sends them back. */
export const cookiesOf = ({ cookies }: Answer): Record<string, string> => ({
  cookie: cookies.map((whole) => whole.split(';')[0]).join('; '),
});

/** The body of a reply in JSON. */
// biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of it.
export const bodyOf = (answer: Answer): any => JSON.parse(answer.text);

async function scan(client: DynamoDBClient): Promise<Record<string, unknown>> {
  const found: [string, unknown][] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: TABLE, ConsistentRead: true })) {
    for (const item of Items.map((one) => unmarshall(one))) found.push([`${item.pk} ${item.sk}`, item]);
  }
  return Object.fromEntries(found.filter(([key]) => !key.startsWith('JOB#')).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Signed with the provider's own key, as for another account of it. */
async function sign(dataDir: string, { login }: StoaServer, groups: readonly string[], scope: string): Promise<string> {
  const kept: { keys: JWK[] } = JSON.parse(await readFile(join(dataDir, 'login-keys.json'), 'utf8'));
  const key = kept.keys[0] ?? {};
  return new SignJWT({ scope, client_id: login.clientId, 'cognito:groups': [...groups] })
    .setProtectedHeader({ alg: 'RS256', ...(key.kid ? { kid: key.kid } : {}) })
    .setIssuer(login.issuer)
    .setAudience(login.clientId)
    .setSubject('somebody-else')
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(await importJWK(key, 'RS256'));
}
