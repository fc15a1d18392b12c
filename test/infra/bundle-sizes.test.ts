import { expect, test } from 'vitest';
import { type FunctionName, type FunctionSpec, manifest } from '../../functions/manifest.ts';
import { makeBundles } from '../bench/bundles.ts';

const bundles = await makeBundles();

test.each(bundles)('the bundle of $name is within its budget', ({ gzipped, limit }) => {
  if (limit !== null) expect(gzipped).toBeLessThanOrEqual(limit);
});

/** What is heavy, by the packages that it is. */
const PACKAGES = {
  sanitizer: ['sanitize-html', 'htmlparser2', 'parse5'],
  markdown: ['markdown-it'],
  pages: ['preact', 'preact-render-to-string'],
  nothing: ['postcss', '@aws-sdk/credential-provider-node'],
};

/** A function brings what it is for, and no more. */
const HOLDS: Record<FunctionName, readonly (keyof typeof PACKAGES)[]> = {
  comments: ['sanitizer', 'pages'],
  receipts: ['pages'],
  me: ['pages'],
  posts: ['pages'],
  authoring: ['sanitizer', 'markdown'],
  preview: ['sanitizer', 'markdown', 'pages'],
  moderation: ['sanitizer'],
  uploads: [],
  images: [],
  site: [],
  publisher: ['pages'],
  slowLane: ['pages'],
  mailer: ['pages'],
  bounces: [],
  schedule: [],
  renew: ['sanitizer', 'markdown'],
  republish: ['pages'],
};

test.each(bundles)('$name holds what the table says', ({ name, parts }) => {
  const held = new Set(parts.map(([pkg]) => pkg));

  const kinds = Object.entries(PACKAGES).filter(([, packages]) => packages.some((pkg) => held.has(pkg)));

  expect(kinds.map(([kind]) => kind)).toEqual(HOLDS[name]);
});

test.each(bundles)(
  "$name brings of AWS's SDK the table's client, if it may use the table, and else nothing",
  ({ name, parts }) => {
    const { access }: FunctionSpec = manifest[name];
    const packages = parts.map(([pkg]) => pkg);

    expect(packages.filter((pkg) => pkg.startsWith('@aws-sdk/client-'))).toEqual(
      access.table.length > 0 ? ['@aws-sdk/client-dynamodb'] : [],
    );
    expect(packages.some((pkg) => /^@(aws-sdk|smithy)\//.test(pkg))).toBe(access.table.length > 0);
  },
);
