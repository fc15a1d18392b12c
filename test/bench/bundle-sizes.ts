import type { Bundle } from './bundles.ts';
import type { Figure } from './figure.ts';

/** Budget 6: what each function's bundle weighs, gzipped as Lambda's own archive is. */
export const measureSizes = (bundles: readonly Bundle[]): Figure[] =>
  bundles.map(({ name, gzipped, limit }) => ({
    budget: 6,
    what: `bundle of ${name}, gzipped`,
    value: gzipped,
    unit: 'bytes',
    limit,
    anchor: limit === null ? 'sharp, native code, beside it' : '',
  }));

const LARGEST = 8;

/** docs/benchmarks.md says what is in each bundle, in KB of minified code. */
export const describeBundles = (bundles: readonly Bundle[]): string =>
  [
    '| function | minified | of it |',
    '| --- | --: | --- |',
    ...bundles.map(({ name, code, parts }) => {
      const largest = parts.slice(0, LARGEST).map(([pkg, bytes]) => `${pkg} ${kb(bytes)}`);
      return `| ${name} | ${kb(code.length)} | ${largest.join(', ')} |`;
    }),
  ].join('\n');

const kb = (bytes: number) => (bytes / 1000).toFixed(1);
