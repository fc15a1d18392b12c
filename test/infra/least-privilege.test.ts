import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type FunctionName, type FunctionSpec, manifest } from '../../functions/manifest.ts';
import { reachedBy } from './reached.ts';

/** One that serves no route yet can ask for nothing, and is looked at once it does. */
const isEmpty = ({ entry }: FunctionSpec) =>
  readFileSync(new URL(`../../${entry}`, import.meta.url), 'utf8').includes('routes({})');

const specs = (Object.entries(manifest) as [FunctionName, FunctionSpec][]).filter(([, spec]) => !isEmpty(spec));

test.for(specs)('%s may do what its code can ask for, and nothing else', async ([_, spec]) => {
  const { table, indexes = [], bucket = [], mail = false } = spec.access;

  const reached = await reachedBy(spec);

  expect({
    table: [...table].toSorted(),
    indexes: [...indexes].toSorted(),
    bucket: [...bucket].toSorted(),
    mail,
  }).toEqual(reached);
});
