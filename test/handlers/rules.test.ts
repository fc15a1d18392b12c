import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Rules } from '../../functions/domain/rules.ts';
import { forgetRules, rulesLately } from '../../functions/rules-in-force.ts';
import { saveRules } from '../../functions/table/rules.ts';
import { publishedPost } from '../support/content.ts';
import { bodyOf, cookiesOf, filled, JSON_TYPE, openStack, type Stack } from '../support/stack.ts';

const SLUG = 'a-chair-too-few';

let stack: Stack;
let token: string;
beforeAll(async () => {
  stack = await openStack();
  token = await stack.tokenOf({ groups: ['moderator'] });
  await publishedPost(stack.table);
});
afterAll(() => stack[Symbol.asyncDispose]());

const call = async (method: string, path: string, body?: unknown, bearer = token) => {
  const headers = { ...JSON_TYPE, authorization: `Bearer ${bearer}` };
  return stack.send(`/api/admin${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
};
const inForce = async () => bodyOf(await call('GET', '/rules')) as { rules: Rules; ver: number };

async function change(over: (rules: Rules) => Rules) {
  const { rules, ver } = await inForce();
  return call('PUT', '/rules', { rules: over(rules), ver });
}

let people = 0;
/** Somebody who was let in before, in their browser. */
async function regular(email = `regular-${++people}@example.org`) {
  const first = await stack.form(SLUG, filled({ email, body: `The first of ${email.split('@')[0]}.` }));
  await stack.moderate(first.headers.location?.split('/').at(-1) ?? '', 'approved');
  return async (body: string) => bodyOf(await stack.json(SLUG, filled({ email, body }), cookiesOf(first)));
}

describe('the rules', () => {
  test('are the settings’ until a moderator changes them, and then hold for what comes next', async () => {
    const say = await regular();
    const before = await inForce();

    const changed = await change((rules) => ({ ...rules, block: { ...rules.block, words: ['Casino'] } }));

    expect(before).toMatchObject({ ver: 0, by: null, rules: { firstTime: true, links: { hold: 2, spam: 10 } } });
    expect(bodyOf(changed)).toMatchObject({ ver: 1, by: expect.any(String), rules: { block: { words: ['Casino'] } } });
    expect(await say('A CASINO.')).toMatchObject({ status: 'pending', reason: 'block.word' });
    expect(await say('A chair.')).toMatchObject({ status: 'approved' });
  });

  test('keep a blocked address as a hash, and know it again', async () => {
    const say = await regular('noisy@example.org');

    await change((rules) => ({ ...rules, block: { ...rules.block, addresses: ['Noisy@Example.org'] } }));

    expect(await say('Noise.')).toMatchObject({ status: 'spam', reason: 'block.address' });
    expect(JSON.stringify(await stack.stored())).not.toMatch(/noisy@example\.org/i);
    const { rules } = await inForce();
    expect(rules.block.addresses).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
    await change((same) => same);
    expect((await inForce()).rules.block.addresses).toEqual(rules.block.addresses);
  });

  test('that another process changed are in force after five seconds', async () => {
    forgetRules();
    const now = Date.now();
    const lately = async (ms: number) => (await rulesLately(stack.table, new Date(now + ms))).ver;
    const { rules, ver } = await inForce();
    const before = await lately(0);

    await saveRules(stack.table, { rules, who: 'elsewhere', at: new Date(now).toISOString(), ver: ver + 1 }, ver);

    expect([before, await lately(4_999), await lately(5_000)]).toEqual([ver, ver, ver + 1]);
    forgetRules();
  });

  test('are read anew after a reading that failed', async () => {
    forgetRules();
    const now = new Date();
    const broken = { ...stack.table, get: () => Promise.reject(new Error('no table')) };

    await expect(rulesLately(broken, now)).rejects.toThrow('no table');

    expect((await rulesLately(stack.table, now)).rules).toEqual((await inForce()).rules);
  });

  test('are not written over by somebody who has not seen the last change', async () => {
    const { rules, ver } = await inForce();
    await change((same) => ({ ...same, longest: 500 }));

    const late = await call('PUT', '/rules', { rules, ver });

    expect([late.status, bodyOf(late).code]).toEqual([409, 'rules.conflict']);
    expect(bodyOf(late).current).toMatchObject({ rules: { longest: 500 }, ver: ver + 1 });
    expect((await inForce()).rules.longest).toBe(500);
  });

  test('that were saved, but whose answer was lost, may be sent again', async () => {
    const { rules, ver } = await inForce();
    const body = {
      rules: { ...rules, longest: 700, block: { ...rules.block, addresses: ['Lost@example.org'] } },
      ver,
    };
    await call('PUT', '/rules', body);

    const again = await call('PUT', '/rules', body);

    expect([again.status, bodyOf(again).ver]).toEqual([200, ver + 1]);
  });

  test('are for moderators', async () => {
    const author = await stack.tokenOf({ groups: ['author'] });
    const body = { rules: {}, ver: 0 };

    const answers = await Promise.all([
      call('GET', '/rules', undefined, author),
      call('PUT', '/rules', body, author),
      call('POST', '/rules/trial', { rules: {} }, author),
    ]);

    // The distribution answers every 403 so, and tells nobody what is there.
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  test('that make no sense are refused, with what is wrong', async () => {
    const refused = await call('PUT', '/rules', {
      rules: { block: { domains: ['not a domain'] }, links: { hold: 0 } },
      ver: 0,
    });

    expect(refused.status).toBe(422);
    expect(Object.keys(bodyOf(refused).fields)).toEqual(
      expect.arrayContaining(['rules.links.hold', 'rules.block.domains.0']),
    );
  });
});

describe('a trial of other rules', () => {
  test('tells what they would have said of each comment where it differs, and changes nothing', async () => {
    const say = await regular();
    const { id } = await say('I sell benches.');
    await say('I sit on benches.');
    const { rules } = await inForce();
    const before = await stack.stored();

    const tried = await call('POST', '/rules/trial', {
      rules: { ...rules, block: { ...rules.block, words: [...rules.block.words, 'sell'] } },
    });

    const { looked, differs } = bodyOf(tried);
    expect(looked).toBeGreaterThan(2);
    expect(differs).toMatchObject([
      {
        comment: { id, status: 'approved' },
        is: { status: 'approved', reason: null },
        would: { status: 'pending', reason: 'block.word' },
      },
    ]);
    expect(await stack.stored()).toEqual(before);
  });

  test('knows who was a stranger then, and whom an address belongs to', async () => {
    await regular('tried@example.org');
    const { rules } = await inForce();

    const open = bodyOf(await call('POST', '/rules/trial', { rules: { ...rules, firstTime: false } }));
    const blocked = bodyOf(
      await call('POST', '/rules/trial', {
        rules: { ...rules, block: { ...rules.block, addresses: [...rules.block.addresses, 'tried@example.org'] } },
      }),
    );

    expect(new Set(open.differs.map(({ is }: { is: { reason: string } }) => is.reason))).toEqual(
      new Set(['first-time']),
    );
    expect(blocked.differs).toMatchObject([
      {
        comment: { html: '<p>The first of tried.</p>' },
        would: { status: 'spam', reason: 'block.address' },
      },
    ]);
  });

  test('of the rules in force finds nothing', async () => {
    const { rules } = await inForce();

    expect(bodyOf(await call('POST', '/rules/trial', { rules }))).toMatchObject({
      differs: [],
      next: expect.anything(),
    });
  });
});
