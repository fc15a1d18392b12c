import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingsSchema } from '../../functions/domain/settings.ts';
import { manifest } from '../../functions/manifest.ts';
import { startGateway } from '../../infra/local/gateway.ts';
import { publishedPost } from '../support/content.ts';
import { send } from '../support/send.ts';
import { FORM, filled, formBody, openStack, SAME_ORIGIN, type Stack } from '../support/stack.ts';

type Limits = v.InferInput<typeof settingsSchema>['limits'];

let stack: Stack;
beforeAll(async () => {
  stack = await openStack();
  await publishedPost(stack.table, 'rooms');
});
afterAll(() => stack[Symbol.asyncDispose]());

/** A second way to the same system, where time stands still but when `pass` is called. */
async function openGate(limits: Limits) {
  const { login, platform } = stack.server;
  let now = Date.now();
  const gateway = await startGateway({
    port: 0,
    bucket: platform.bucket,
    functions: platform.functions,
    manifest,
    settings: v.parse(settingsSchema, { limits }),
    originSecret: platform.connection.secrets.originSecret,
    issuer: { url: login.issuer, jwks: login.jwks, audience: login.clientId },
    now: () => now,
  });
  return {
    comment: async () => {
      const init = { method: 'POST', headers: { ...SAME_ORIGIN, ...FORM }, body: formBody(filled()) };
      return (await send(gateway.url, '/api/posts/rooms/comments', init)).status;
    },
    read: async () => (await send(gateway.url, '/api/posts')).status,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    [Symbol.asyncDispose]: gateway.close,
  };
}

const times = async (n: number, run: () => Promise<number>) => {
  const statuses = [];
  for (let i = 0; i < n; i++) statuses.push(await run());
  return statuses;
};

test('ten comments may come at once, then five a second', async () => {
  await using gate = await openGate({});

  const burst = await times(12, gate.comment);
  gate.pass(1000);
  const later = await times(6, gate.comment);

  expect(burst).toEqual([...Array(10).fill(303), 429, 429]);
  expect(later).toEqual([...Array(5).fill(303), 429]);
});

test('who comments too fast may still read', async () => {
  await using gate = await openGate({ throttle: { comment: { rate: 1, burst: 1 } } });
  await times(2, gate.comment);

  expect(await gate.read()).toBe(200);
});

test('an operator sets the throttle, or switches it off', async () => {
  await using slow = await openGate({ throttle: { comment: { rate: 1, burst: 2 } } });
  await using open = await openGate({ throttle: null });
  await using half = await openGate({ throttle: { comment: null } });

  expect(await times(3, slow.comment)).toEqual([303, 303, 429]);
  expect(await times(15, open.comment)).toEqual(Array(15).fill(303));
  expect(await times(15, half.comment)).toEqual(Array(15).fill(303));
});
