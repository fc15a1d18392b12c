import { build } from 'esbuild';
import ts from 'typescript';
import type { FunctionSpec } from '../../functions/manifest.ts';
import { bundleOptions } from '../../infra/aws/bundling.ts';

export interface Reached {
  table: string[];
  indexes: string[];
  bucket: string[];
  mail: boolean;
}

const ON_TABLE: Readonly<Record<string, string>> = {
  get: 'GetItem',
  put: 'PutItem',
  putIfAbsent: 'PutItem',
  update: 'UpdateItem',
  delete: 'DeleteItem',
};
const ON_STORE: Readonly<Record<string, string>> = {
  etag: 'GetObject',
  get: 'GetObject',
  put: 'PutObject',
  delete: 'DeleteObject',
};

/**
 * What a function's code can ask of AWS: the calls that are left in its bundle when esbuild has shaken away what no path from
 * its handler reaches. By the names that the whole code uses, `table` and `store`; a Query by its range, which names an index or none.
 */
export async function reachedBy({ entry }: Pick<FunctionSpec, 'entry'>): Promise<Reached> {
  const options = { ...bundleOptions(entry), minify: false, external: ['sharp'], outfile: 'out.mjs' };
  const { outputFiles } = await build({ ...options, write: false, logLevel: 'error' });
  const code = ownCode(outputFiles[0]?.text ?? '');
  const sets = { table: new Set<string>(), indexes: new Set<string>(), bucket: new Set<string>() };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) note(node, sets);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('out.mjs', code, ts.ScriptTarget.Latest));
  const sorted = (set: Set<string>) => [...set].toSorted();
  return {
    table: sorted(sets.table),
    indexes: sorted(sets.indexes),
    bucket: sorted(sets.bucket),
    mail: code.includes('/v2/email/outbound-emails'),
  };
}

/** The modules of functions/, each of which esbuild heads with its path. */
function ownCode(bundle: string): string {
  const modules = bundle.split(/^\/\/ (?=[\w@./-]+\.(?:tsx?|m?js|cjs|json)$)/m);
  return modules
    .filter((module) => module.startsWith('functions/'))
    .map((module) => `// ${module}`)
    .join('\n');
}

function note(call: ts.CallExpression, sets: Record<'table' | 'indexes' | 'bucket', Set<string>>): void {
  const { expression } = call;
  for (const range of call.arguments.filter(isRange)) {
    const index = literal(range, 'index');
    if (index === undefined) sets.table.add('Query');
    else sets.indexes.add(index);
  }
  if (!ts.isPropertyAccessExpression(expression)) return;
  const [receiver, method] = [nameOf(expression.expression), expression.name.text];
  const action = receiver === 'table' ? ON_TABLE[method] : undefined;
  const onStore = receiver === 'store' ? ON_STORE[method] : undefined;
  if (action) sets.table.add(action);
  if (onStore) sets.bucket.add(onStore);
}

/** esbuild numbers names that two modules share. */
const nameOf = (node: ts.Expression): string =>
  (ts.isPropertyAccessExpression(node) ? node.name.text : ts.isIdentifier(node) ? node.text : '').replace(/\d+$/, '');

const isRange = (node: ts.Expression): node is ts.ObjectLiteralExpression =>
  ts.isObjectLiteralExpression(node) && names(node).includes('pk') && !names(node).includes('sk');

const names = (node: ts.ObjectLiteralExpression): string[] =>
  node.properties.map(({ name }) => (name && ts.isIdentifier(name) ? name.text : ''));

/** The text of a property; `?` where it is not a literal. */
function literal(node: ts.ObjectLiteralExpression, name: string): string | undefined {
  const found = node.properties.find((property) => nameIs(property, name));
  if (!found) return undefined;
  return ts.isPropertyAssignment(found) && ts.isStringLiteral(found.initializer) ? found.initializer.text : '?';
}

const nameIs = ({ name }: ts.ObjectLiteralElementLike, wanted: string): boolean =>
  name !== undefined && ts.isIdentifier(name) && name.text === wanted;
