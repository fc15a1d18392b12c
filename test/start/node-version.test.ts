import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkNode } from '../../infra/local/node-version.ts';
import { start, temporaryFolder } from '../support/process.ts';

test.each(['22.0.0', '24.21.0', '30.1.2'])('Stoa runs on Node %s', (version) => {
  expect(() => checkNode(version)).not.toThrow();
});

test.each(['20.20.2', '18.0.0', '21.7.3'])('Stoa says no to Node %s, and what to do', (version) => {
  expect(() => checkNode(version)).toThrow(
    `Stoa runs on Node 22 or later, this is ${version}: start it by npm start or npm run stoa, which bring their own`,
  );
});

const SYSTEMS = '/usr/bin/node';
const isOld =
  existsSync(SYSTEMS) && Number(execFileSync(SYSTEMS, ['-p', 'process.versions.node']).toString().split('.')[0]) < 22;

test.runIf(isOld).each(['infra/local/main.ts', 'infra/operator/stoa.ts'])(
  '%s on the old Node of this machine ends with that line',
  async (script) => {
    await using folder = await temporaryFolder();

    const refused = await start([script], { STOA_DATA: join(folder.path, 'data') }, SYSTEMS).exited;

    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^stoa: Stoa runs on Node 22 or later, this is \S+: [^\n]+\n$/);
    expect(await readdir(folder.path)).toEqual([]);
  },
);
