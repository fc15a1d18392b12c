import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { bundleOptions, bundling } from '../../infra/aws/bundling.ts';

const folder = mkdtempSync(join(tmpdir(), 'stoa-bundle-'));

afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true }));

test('a bundle signs for the table with what Lambda gives it, and needs no variable that its access does not name', async () => {
  const outfile = join(folder, 'schedule.mjs');
  await build({ ...bundleOptions('functions/schedule.ts'), outfile });
  const sent: { authorization: string | undefined; token: unknown }[] = [];
  const table = createServer(({ headers }, response) => {
    sent.push({ authorization: headers.authorization, token: headers['x-amz-security-token'] });
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
  expect(sent[0]?.authorization).toMatch(/Credential=AKID\/\d+\/eu-west-1\/dynamodb\/aws4_request/);
  expect(sent[0]?.token).toBe('session');
});

test('CDK bundles with the same options', () => {
  const { alias = {}, mainFields, target, minify } = bundleOptions('functions/schedule.ts');

  expect(bundling).toMatchObject({ mainFields, target, minify, format: 'esm', bundleAwsSDK: true });
  for (const [name, path] of Object.entries(alias)) expect(bundling.esbuildArgs?.[`--alias:${name}`]).toBe(path);
});
