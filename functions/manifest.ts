/** Every function of Stoa as data: infra/aws provisions it, infra/local runs it. No imports of code. */

export type TableAction = 'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query';
export type BucketAction = 'GetObject' | 'PutObject' | 'DeleteObject';
export type IndexName = 'queue' | 'posts' | 'byPerson' | 'byMonth';
export type SecretName = 'identity' | 'origin' | 'address' | 'proof' | 'unsubscribe' | 'opinion';
export type ThrottleName = 'comment' | 'challenge' | 'admin' | 'subscribe' | 'rest';

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** API Gateway path, with `{name}` parameters. */
  path: string;
  /** `public`: anyone; else the scope that the access token must carry. The handler checks the group. */
  auth: 'public' | { scope: string };
  throttle: ThrottleName;
}

export interface StreamTrigger {
  /** EventBridge patterns; a record passes when one of them matches. */
  filters: readonly object[];
  batchSize: number;
  windowSeconds: number;
  retries: number;
  maxAgeSeconds: number;
}

export interface FunctionSpec {
  entry: string;
  memoryMb: number;
  timeoutSeconds: number;
  routes?: readonly Route[];
  stream?: StreamTrigger;
  /** EventBridge schedule expression. */
  schedule?: string;
  /** Runs for every object that is put into the uploads' bucket. */
  uploads?: true;
  /** A library with machine code, which is brought beside the bundle; its function runs on x86-64, the others on arm64. */
  native?: 'sharp';
  /** Hears of mails that bounced or were complained of. */
  mailFeedback?: true;
  access: {
    table: readonly TableAction[];
    /** Queried; `Query` of the table itself is apart from it. */
    indexes?: readonly IndexName[];
    bucket?: readonly BucketAction[];
    /** The pictures in the bucket of the pages, and what was sent to become some. */
    media?: readonly BucketAction[];
    uploads?: readonly BucketAction[];
    secrets?: readonly SecretName[];
    /** Sends mail, from the one address of the settings. */
    mail?: true;
  };
}

export const AUTHOR_SCOPE = 'stoa/write';

const open = (method: Route['method'], path: string, throttle: ThrottleName = 'rest'): Route => ({
  method,
  path,
  auth: 'public',
  throttle,
});

const authors = (method: Route['method'], path: string): Route => ({
  method,
  path,
  auth: { scope: AUTHOR_SCOPE },
  throttle: 'admin',
});

/** The pages' inputs; not what the publisher wrote itself, nor quotas, nonces, people and slugs. */
const VISIBLE_CHANGES = [
  {
    dynamodb: {
      Keys: {
        pk: { S: ['POST#', 'SEG#', 'COMMENT#', 'LIST#', 'AUTHOR#', 'TERM#', 'SITE'].map((prefix) => ({ prefix })) },
      },
      NewImage: { by: { S: [{ exists: false }] } },
    },
  },
  /** Sweeps are the publisher's own notes: each is the occasion of its next step. */
  { dynamodb: { Keys: { pk: { S: [{ prefix: 'SWEEP#' }] } } } },
];

/** Not what a restoration brings back: whoever was to hear of it has heard. */
const NEWS = { S: [{ exists: false }, 'publisher'] };

/** What the slow lane reads: comments that came to wait, took a seat or were taken from it, mails that were put in the outbox. */
const OCCASIONS = [
  {
    eventName: ['INSERT'],
    dynamodb: {
      Keys: { pk: { S: [{ prefix: 'SEG#' }] }, sk: { S: [{ prefix: 'C#' }] } },
      NewImage: { status: { S: ['approved'] }, by: NEWS },
    },
  },
  {
    eventName: ['INSERT'],
    dynamodb: {
      Keys: { pk: { S: [{ prefix: 'COMMENT#' }] }, sk: { S: ['WAIT'] } },
      NewImage: { status: { S: ['pending'] }, by: NEWS },
    },
  },
  {
    eventName: ['MODIFY'],
    dynamodb: {
      Keys: { pk: { S: [{ prefix: 'SEG#' }] }, sk: { S: [{ prefix: 'C#' }] } },
      OldImage: { status: { S: ['approved'] } },
      NewImage: { status: { S: ['pending'] }, by: NEWS },
    },
  },
  { eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: [{ prefix: 'OUTBOX#' }] } } } },
];

export const manifest = {
  comments: {
    entry: 'functions/comments.ts',
    memoryMb: 512,
    timeoutSeconds: 5,
    routes: [
      open('POST', '/api/posts/{slug}/comments', 'comment'),
      open('GET', '/api/posts/{slug}/challenge', 'challenge'),
      open('POST', '/api/posts/{slug}/preview'),
      open('GET', '/api/posts/{slug}/reply'),
      open('POST', '/api/comments/{id}/words', 'comment'),
    ],
    access: {
      table: ['GetItem', 'PutItem', 'UpdateItem'],
      indexes: ['queue'],
      secrets: ['identity', 'origin', 'proof', 'address', 'opinion'],
    },
  },
  receipts: {
    entry: 'functions/receipts.ts',
    memoryMb: 512,
    timeoutSeconds: 5,
    routes: [
      open('GET', '/api/comments/{id}'),
      open('GET', '/api/comments/{id}/data'),
      open('POST', '/api/comments/{id}/erasure', 'comment'),
      open('GET', '/api/posts/{slug}/report'),
      open('POST', '/api/posts/{slug}/report', 'comment'),
    ],
    access: {
      table: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
      secrets: ['identity', 'origin'],
    },
  },
  me: {
    entry: 'functions/me.ts',
    memoryMb: 512,
    timeoutSeconds: 20,
    routes: [
      open('GET', '/api/me'),
      open('POST', '/api/me/links', 'subscribe'),
      open('GET', '/api/me/links/{token}'),
      open('POST', '/api/me/links/{token}'),
      open('GET', '/api/me/export'),
      open('POST', '/api/me/erasure'),
      open('POST', '/api/me/browsers'),
      open('POST', '/api/me/mail'),
      open('POST', '/api/me/end'),
      open('GET', '/api/mail/confirmation/{token}'),
      open('POST', '/api/mail/confirmation/{token}'),
      open('GET', '/api/mail/stop/{token}'),
      open('POST', '/api/mail/stop/{token}'),
    ],
    access: {
      table: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'],
      indexes: ['byPerson'],
      secrets: ['identity', 'origin', 'address', 'unsubscribe'],
    },
  },
  posts: {
    entry: 'functions/posts.ts',
    memoryMb: 256,
    timeoutSeconds: 5,
    routes: [
      open('GET', '/api/posts'),
      open('GET', '/api/posts/{slug}'),
      open('GET', '/api/posts/{slug}/comments'),
      open('GET', '/api/posts/{slug}/feed.xml'),
      open('GET', '/api/posts/{slug}/feed.json'),
    ],
    access: { table: ['GetItem', 'Query'], indexes: ['posts'], secrets: ['origin'] },
  },
  authoring: {
    entry: 'functions/authoring.ts',
    memoryMb: 256,
    timeoutSeconds: 5,
    routes: [
      authors('GET', '/api/admin/posts'),
      authors('POST', '/api/admin/posts'),
      authors('GET', '/api/admin/posts/{id}'),
      authors('PUT', '/api/admin/posts/{id}'),
      authors('GET', '/api/admin/posts/{id}/revisions'),
      authors('GET', '/api/admin/posts/{id}/revisions/{rev}'),
      authors('PUT', '/api/admin/posts/{id}/slug'),
      authors('PUT', '/api/admin/posts/{id}/publication'),
      authors('DELETE', '/api/admin/posts/{id}/publication'),
      authors('PUT', '/api/admin/posts/{id}/conversation'),
      authors('PUT', '/api/admin/posts/{id}/pins/{ref}'),
      authors('DELETE', '/api/admin/posts/{id}/pins/{ref}'),
      authors('GET', '/api/admin/slugs'),
    ],
    access: {
      table: ['GetItem', 'PutItem', 'UpdateItem', 'Query'],
      indexes: ['posts'],
      secrets: ['origin'],
    },
  },
  preview: {
    entry: 'functions/preview.ts',
    memoryMb: 256,
    timeoutSeconds: 5,
    routes: [authors('POST', '/api/admin/previews')],
    access: { table: [], secrets: ['origin'] },
  },
  moderation: {
    entry: 'functions/moderation.ts',
    memoryMb: 512,
    timeoutSeconds: 20,
    routes: [
      authors('GET', '/api/admin/comments'),
      authors('GET', '/api/admin/queues'),
      authors('POST', '/api/admin/comments/moves'),
      authors('GET', '/api/admin/comments/{id}'),
      authors('PUT', '/api/admin/comments/{id}'),
      authors('GET', '/api/admin/people/{person}'),
      authors('PUT', '/api/admin/people/{person}'),
      authors('GET', '/api/admin/people/{person}/comments'),
      authors('GET', '/api/admin/rules'),
      authors('PUT', '/api/admin/rules'),
      authors('POST', '/api/admin/rules/trial'),
      authors('GET', '/api/admin/said'),
      authors('POST', '/api/admin/posts/{id}/comments'),
    ],
    access: {
      table: ['GetItem', 'PutItem', 'UpdateItem'],
      indexes: ['queue', 'byPerson', 'byMonth'],
      secrets: ['identity', 'origin'],
    },
  },
  uploads: {
    entry: 'functions/uploads.ts',
    memoryMb: 256,
    timeoutSeconds: 5,
    routes: [authors('POST', '/api/admin/images'), authors('GET', '/api/admin/images/{id}')],
    access: { table: ['GetItem', 'PutItem', 'UpdateItem'], uploads: ['PutObject'], secrets: ['origin'] },
  },
  images: {
    entry: 'functions/images.ts',
    memoryMb: 2048,
    timeoutSeconds: 120,
    uploads: true,
    native: 'sharp',
    access: { table: ['GetItem', 'UpdateItem'], uploads: ['GetObject', 'DeleteObject'], media: ['PutObject'] },
  },
  site: {
    entry: 'functions/site.ts',
    memoryMb: 256,
    timeoutSeconds: 5,
    routes: [
      authors('GET', '/api/admin/site'),
      authors('PUT', '/api/admin/site'),
      authors('GET', '/api/admin/authors'),
      authors('PUT', '/api/admin/authors/{author}'),
      authors('GET', '/api/admin/categories'),
      authors('PUT', '/api/admin/categories/{category}'),
      authors('GET', '/api/admin/account'),
      authors('PUT', '/api/admin/account'),
    ],
    access: {
      table: ['GetItem', 'PutItem', 'UpdateItem'],
      indexes: ['posts'],
      secrets: ['identity', 'origin'],
    },
  },
  publisher: {
    entry: 'functions/publisher.ts',
    memoryMb: 512,
    timeoutSeconds: 60,
    stream: { filters: VISIBLE_CHANGES, batchSize: 100, windowSeconds: 1, retries: 5, maxAgeSeconds: 86_400 },
    access: {
      table: ['GetItem', 'PutItem', 'UpdateItem', 'Query'],
      bucket: ['GetObject', 'PutObject'],
    },
  },
  slowLane: {
    entry: 'functions/slow-lane.ts',
    memoryMb: 256,
    timeoutSeconds: 60,
    stream: { filters: OCCASIONS, batchSize: 25, windowSeconds: 1, retries: 5, maxAgeSeconds: 86_400 },
    access: {
      table: ['GetItem', 'PutItem', 'UpdateItem', 'Query'],
      indexes: ['queue'],
      secrets: ['identity', 'address', 'unsubscribe'],
      mail: true,
    },
  },
  mailer: {
    entry: 'functions/mailer.ts',
    memoryMb: 256,
    timeoutSeconds: 60,
    schedule: 'rate(1 minute)',
    access: {
      table: ['GetItem', 'PutItem', 'UpdateItem', 'Query'],
      indexes: ['queue'],
      secrets: ['identity', 'address', 'unsubscribe'],
      mail: true,
    },
  },
  bounces: {
    entry: 'functions/bounces.ts',
    memoryMb: 256,
    timeoutSeconds: 10,
    mailFeedback: true,
    access: { table: ['PutItem'], secrets: ['identity'] },
  },
  schedule: {
    entry: 'functions/schedule.ts',
    memoryMb: 256,
    timeoutSeconds: 60,
    schedule: 'rate(1 minute)',
    access: { table: ['GetItem', 'PutItem', 'UpdateItem'], indexes: ['posts'] },
  },
  renew: {
    entry: 'functions/renew.ts',
    memoryMb: 512,
    timeoutSeconds: 900,
    schedule: 'rate(1 day)',
    access: { table: ['GetItem', 'PutItem', 'UpdateItem', 'Query'], indexes: ['posts'] },
  },
  republish: {
    entry: 'functions/republish.ts',
    memoryMb: 512,
    timeoutSeconds: 900,
    schedule: 'rate(1 day)',
    access: {
      table: ['GetItem', 'PutItem', 'UpdateItem', 'Query'],
      indexes: ['posts'],
      bucket: ['GetObject', 'PutObject'],
    },
  },
} as const satisfies Record<string, FunctionSpec>;

export type FunctionName = keyof typeof manifest;
