import { fileURLToPath } from 'node:url';
import type { BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';
import { OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { BuildOptions } from 'esbuild';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const replacement = (name: string) => fileURLToPath(new URL(`bundle/${name}.ts`, import.meta.url));

const ALIASES: Readonly<Record<string, string>> = {
  '@aws-sdk/credential-provider-node': replacement('credentials'),
  '@aws-sdk/endpoint-cache': replacement('endpoint-cache'),
  postcss: replacement('absent'),
  dayjs: replacement('absent'),
  '@smithy/core/event-streams': replacement('absent'),
  '@smithy/core/checksum': replacement('checksum'),
  'uc.micro': replacement('unicode'),
  'entities/decode': replacement('entities'),
  htmlparser2: replacement('html-parser'),
};

/** `module` first: the AWS SDK's ES modules shake, its CommonJS does not, and weighs half as much again. */
const MAIN_FIELDS = ['module', 'main'];
const TARGET = 'node24';

/** How esbuild makes a function's bundle; infra/aws/functions.ts deploys what this describes. */
export const bundleOptions = (entry: string, external: readonly string[] = []): BuildOptions => ({
  external: [...external],
  absWorkingDir: ROOT,
  entryPoints: [entry],
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: TARGET,
  mainFields: MAIN_FIELDS,
  alias: ALIASES,
  legalComments: 'none',
});

/** The same for CDK, which runs esbuild by itself; a library with machine code is left out of the bundle, and put beside it. */
export const bundlingWith = (native: string | undefined): BundlingOptions =>
  native === undefined
    ? bundling
    : {
        ...bundling,
        externalModules: [native],
        commandHooks: {
          beforeBundling: () => [],
          beforeInstall: () => [],
          afterBundling: (_input, output) => [`node ${JSON.stringify(NATIVE)} ${native} ${JSON.stringify(output)}`],
        },
      };

const NATIVE = fileURLToPath(new URL('bundle/native.mjs', import.meta.url));

export const bundling: BundlingOptions = {
  minify: true,
  format: OutputFormat.ESM,
  target: TARGET,
  mainFields: MAIN_FIELDS,
  bundleAwsSDK: true,
  esbuildArgs: {
    '--legal-comments': 'none',
    ...Object.fromEntries(Object.entries(ALIASES).map(([name, path]) => [`--alias:${name}`, path])),
  },
};
