import * as v from 'valibot';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { seal } from '../../functions/domain/seal.ts';
import { settingsSchema } from '../../functions/domain/settings.ts';
import { log } from '../../functions/log.ts';
import { deliver } from '../../functions/mail/deliver.ts';
import type { Office } from '../../functions/mail/office.ts';
import { sweep } from '../../functions/mailer.ts';
import { hold } from '../../functions/table/comments.ts';
import { claimMail, putInOutbox, settleMail } from '../../functions/table/outbox.ts';
import { publishedPost, said } from '../support/content.ts';
import { NOW, openWorld, type World } from '../support/world.ts';

const KEY = 'ab'.repeat(32);
const MINUTE = 60_000;
const at = (ms: number) => new Date(NOW.getTime() + ms);

let world: World;
let sent: string[];
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

function office(over: Partial<Office> = {}): Office {
  const settings = v.parse(settingsSchema, { mail: { from: 'stoa@blog.example', perDay: { moderator: 1_000 } } });
  if (!settings.mail) throw new Error('no mail');
  return {
    table: world.table,
    site: settings.site,
    settings: settings.mail,
    url: 'https://blog.example',
    identityKey: 'key',
    addressKeys: [KEY],
    unsubscribeKeys: [KEY],
    proofs: true,
    postbox: {
      async send(to) {
        sent.push(to);
      },
    },
    now: () => NOW,
    ...over,
  };
}

let made = 0;
/** A mail about a comment that waits. */
async function mail(due = NOW): Promise<string> {
  sent = [];
  const id = `held-${++made}`;
  const post = await publishedPost(world.table, `post-${made}`);
  const comment = said(post, 'A bench.');
  await hold(world.table, comment, 'pending');
  const to = seal([KEY], id, 'ada@example.org');
  await putInOutbox(world.table, id, { kind: 'held', to, comment: comment.id }, { now: NOW, due });
  return id;
}

test('of a hundred that claim a mail at once, one has it', async () => {
  const id = await mail();

  const claims = await Promise.all(Array.from({ length: 100 }, () => claimMail(world.table, id, NOW, MINUTE)));

  expect(claims.filter(Boolean)).toHaveLength(1);
  await settleMail(world.table, id, 'sent');
});

test('of ten that deliver a mail at once, one sends it, and it is never sent again', async () => {
  const id = await mail();

  await Promise.all(Array.from({ length: 10 }, () => deliver(office(), id)));
  await deliver(office({ now: () => at(60 * MINUTE) }), id);
  await sweep(office({ now: () => at(60 * MINUTE) }));

  expect(sent).toEqual(['ada@example.org']);
});

test('whoever dies between the claim and the sending leaves the mail to the sweeper, after the lease', async () => {
  const id = await mail();
  await claimMail(world.table, id, NOW, 2 * MINUTE);

  await sweep(office({ now: () => at(MINUTE) }));
  expect(sent).toEqual([]);
  await sweep(office({ now: () => at(3 * MINUTE) }));
  expect(sent).toEqual(['ada@example.org']);
});

test('a mail of a later hour waits for it', async () => {
  const id = await mail(at(60 * MINUTE));

  await deliver(office(), id);
  await sweep(office({ now: () => at(59 * MINUTE) }));
  expect(sent).toEqual([]);
  await sweep(office({ now: () => at(61 * MINUTE) }));
  expect(sent).toEqual(['ada@example.org']);
});

test('what is refused is tried again, later each time, and at last given up; the log names no address', async () => {
  const id = await mail();
  const lines = vi.spyOn(log, 'error').mockImplementation(() => undefined);
  const tried: number[] = [];
  let minute = 0;
  const refusing = office({
    now: () => at(minute * MINUTE),
    postbox: {
      async send() {
        tried.push(minute);
        throw new Error('SES answered 429');
      },
    },
  });

  for (; minute < 600; minute++) await deliver(refusing, id);

  expect(tried).toEqual([0, 1, 3, 7, 15, 31, 63, 127, 255, 511]);
  expect(await world.table.get({ pk: `OUTBOX#${id}`, sk: 'MAIL' })).toMatchObject({ outcome: 'given up' });
  expect(lines).toHaveBeenCalledTimes(10);
  expect(JSON.stringify(lines.mock.calls)).not.toContain('@example.org');
  lines.mockRestore();
});

test('a mail that is tried again takes no more of what the day allows', async () => {
  const id = await mail();
  const lines = vi.spyOn(log, 'error').mockImplementation(() => undefined);
  let refusals = 3;
  let minute = 0;
  const strict = office({
    identityKey: 'a key of its own',
    now: () => at(minute * MINUTE),
    postbox: {
      async send(to) {
        if (refusals-- > 0) throw new Error('SES answered 500');
        sent.push(to);
      },
    },
  });
  strict.settings = { ...strict.settings, perDay: { ...strict.settings.perDay, moderator: 1 } };

  for (; minute < 20; minute++) await deliver(strict, id);

  expect(sent).toEqual(['ada@example.org']);
  lines.mockRestore();
});

test('a mail that was dealt with keeps no word and no address', async () => {
  const id = await mail();
  await deliver(office(), id);

  const item = await world.table.get({ pk: `OUTBOX#${id}`, sk: 'MAIL' });

  expect(Object.keys(item ?? {}).sort()).toEqual(['created', 'outcome', 'pk', 'sk', 'tries', 'ttl']);
});
