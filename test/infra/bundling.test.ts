import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import fc from 'fast-check';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { renderMarkdown } from '../../functions/domain/markdown.ts';
import { sanitizeComment } from '../../functions/domain/sanitize.ts';
import { bundleOptions, bundling, ROOT } from '../../infra/aws/bundling.ts';
import { type Signed, signatureAtAws } from '../support/signature.ts';

const folder = mkdtempSync(join(tmpdir(), 'stoa-bundle-'));

afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true }));

test('a bundle signs for the table with what Lambda gives it, and needs no variable that its access does not name', async () => {
  const outfile = join(folder, 'schedule.mjs');
  await build({ ...bundleOptions('functions/schedule.ts'), outfile });
  const sent: Signed[] = [];
  const table = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    sent.push({ method, path: url, query: '', headers: headers as Signed['headers'], body: await buffer(request) });
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{"Items":[],"Count":0}');
  });
  await new Promise<void>((ready) => table.listen(0, '127.0.0.1', ready));
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${(table.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKID');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  vi.stubEnv('STOA_TABLE', 'table');

  const { handler } = await import(pathToFileURL(outfile).href);
  await handler();

  table.closeAllConnections();
  table.close();
  expect(sent.length).toBeGreaterThan(0);
  for (const request of sent) {
    const { authorization, 'x-amz-security-token': token } = request.headers;
    expect(authorization).toMatch(/Credential=AKID\/\d+\/eu-west-1\/dynamodb\/aws4_request/);
    expect(authorization).toMatch(new RegExp(`Signature=${signatureAtAws(request, 'secret')}$`));
    expect(token).toBe('session');
  }
});

test('CDK bundles with the same options', () => {
  const { alias = {}, mainFields, target, minify } = bundleOptions('functions/schedule.ts');

  expect(bundling).toMatchObject({ mainFields, target, minify, format: 'esm', bundleAwsSDK: true });
  for (const [name, path] of Object.entries(alias)) expect(bundling.esbuildArgs?.[`--alias:${name}`]).toBe(path);
});

test('what is a symbol in the bundles is one in uc.micro, of all characters', async () => {
  const outfile = join(folder, 'unicode.mjs');
  const { entryPoints: _, ...options } = bundleOptions('');
  await build({
    ...options,
    outfile,
    stdin: { contents: "export * from 'uc.micro';", resolveDir: ROOT, loader: 'ts' },
  });
  const deployed: Record<string, RegExp> = await import(pathToFileURL(outfile).href);
  const whole: Record<string, RegExp> = await import(
    pathToFileURL(join(ROOT, 'node_modules/uc.micro/build/index.mjs')).href
  );
  const symbols = ({ S }: Record<string, RegExp>) =>
    Array.from({ length: 0x110000 }, (_, code) => code).filter((code) => S?.test(String.fromCodePoint(code)));

  expect(symbols(deployed)).toEqual(symbols(whole));
  expect(symbols(whole).length).toBeGreaterThan(5_000);
  for (const name of ['Any', 'Cc', 'P', 'Z']) expect(deployed[name]?.source).toBe(whole[name]?.source);
});

test('the sanitizers that are deployed, with one table of entities for two parsers, give what the others give', async () => {
  const outfile = join(folder, 'sanitizers.mjs');
  const contents =
    "export { sanitizeComment } from './functions/domain/sanitize.ts'; export { renderMarkdown } from './functions/domain/markdown.ts';";
  const { entryPoints: _, ...options } = bundleOptions('');
  await build({ ...options, outfile, stdin: { contents, resolveDir: ROOT, loader: 'ts' } });
  const deployed = await import(pathToFileURL(outfile).href);
  const outcome = (make: (text: string) => unknown) => (text: string) => {
    try {
      return make(text);
    } catch (error) {
      return (error as { code?: string }).code ?? error;
    }
  };
  const markup = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ maxLength: 6 })), {
    maxLength: 30,
  });

  fc.assert(
    fc.property(markup, (pieces) => {
      const text = pieces.join('');
      expect(outcome(deployed.sanitizeComment)(text)).toEqual(outcome(sanitizeComment)(text));
      expect(outcome(deployed.renderMarkdown)(text)).toEqual(outcome(renderMarkdown)(text));
    }),
    { numRuns: 2_000 },
  );

  const picture = `![A bench](/media/${'0a'.repeat(16)}/1600x1200)`;
  expect(deployed.renderMarkdown(picture)).toBe(renderMarkdown(picture));
  expect(renderMarkdown(picture)).toMatch(/<source [^>]*srcset=.*<img [^>]*srcset=/);
});

/** References with and without their semicolon, in text and in attributes, and what stands around them. */
const PIECES = [
  ...['&amp;', '&lt;', '&gt', '&quot;', '&nbsp;', '&copy', '&notin;', '&not', '&CounterClockwiseContourIntegral;'],
  ...[
    '&NotEqualTilde;',
    '&Gt;',
    '&fjlig;',
    '&bogus;',
    '&#x26;',
    '&#38',
    '&#0;',
    '&#x80;',
    '&#xd800;',
    '&#x110000;',
    '&',
  ],
  ...[
    '<a href="https://a.example/?a=1&copy=2&lt;">',
    '</a>',
    '<b>',
    '</b>',
    '<q cite="https://b.example/&amp;">',
    '</q>',
    '<img src="https://c.example/a.png" srcset="https://c.example/b.png 2x, /c&amp;d 3x" style="color:red">',
  ],
  ...[
    '<script>&lt;',
    '</script>',
    '<!-- &gt; -->',
    '<p>',
    '<blockquote>',
    '</blockquote>',
    '**',
    '`',
    '[a](',
    ')',
    '\n',
    ' ',
    'x',
  ],
];
