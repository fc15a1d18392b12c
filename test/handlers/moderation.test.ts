import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Status } from '../../functions/domain/moderation.ts';
import { saveAccount } from '../../functions/table/accounts.ts';
import { hold, seat } from '../../functions/table/comments.ts';
import { publishedPost, said } from '../support/content.ts';
import {
  bodyOf,
  cookiesOf,
  FORM,
  filled,
  formBody,
  JSON_TYPE,
  openStack,
  SAME_ORIGIN,
  type Stack,
  UNLIMITED,
} from '../support/stack.ts';

let stack: Stack;
let token: string;

beforeAll(async () => {
  stack = await openStack();
  token = await stack.tokenOf({ groups: ['author', 'moderator'] });
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => stack[Symbol.asyncDispose]());

const call = (method: string, path: string, body?: unknown, bearer = token) =>
  stack.send(`/api/admin${path}`, {
    method,
    headers: { ...JSON_TYPE, authorization: `Bearer ${bearer}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const get = async (path: string) => bodyOf(await call('GET', path));

type Seen = { id: string; status: Status; ver: number };
const seen = async (id: string): Promise<Seen> => {
  const { status, ver } = await get(`/comments/${id}`);
  return { id, status, ver };
};
const move = (comments: Seen[], to: Status) => call('POST', '/comments/moves', { comments, to });
/** As they are at this moment. */
const moveNow = async (ids: string[], to: Status) => bodyOf(await move(await Promise.all(ids.map(seen)), to));

let people = 0;
/** A comment by somebody new, as the rules leave it. */
async function held(slug: string, body: string, over: Record<string, string> = {}): Promise<{ id: string }> {
  people += 1;
  return bodyOf(
    await stack.json(slug, filled({ body, email: `p${people}@example.org`, name: `Person ${people}`, ...over })),
  );
}

async function approved(slug: string, body: string, over: Record<string, string> = {}) {
  const { id } = await held(slug, body, over);
  await moveNow([id], 'approved');
  return get(`/comments/${id}`);
}

describe('the queue', () => {
  test('shows what waits on every article, newest first, a page at a time, with the rule that held it', async () => {
    const [one, two] = [await publishedPost(stack.table, 'queue-one'), await publishedPost(stack.table, 'queue-two')];
    const ids: string[] = [];
    for (let i = 0; i < 60; i++) ids.push((await held(i % 2 ? one.slug : two.slug, `Waiting ${i}`)).id);

    const first = await get('/comments?status=pending');
    const second = await get(`/comments?status=pending&cursor=${first.next}`);

    const listed = [...first.comments, ...second.comments];
    expect(first.comments).toHaveLength(50);
    expect(listed.map(({ id }: { id: string }) => id)).toEqual(ids.toReversed());
    expect(listed[0]).toMatchObject({
      post: { slug: 'queue-one' },
      reason: 'first-time',
      status: 'pending',
      ref: null,
      html: '<p>Waiting 59</p>',
    });
    expect(second.next).toBeNull();
    await moveNow(ids, 'rejected');
  });

  test('finds words in what waits, and narrows to one article', async () => {
    const [one, two] = [await publishedPost(stack.table, 'find-one'), await publishedPost(stack.table, 'find-two')];
    const { id } = await held(one.slug, 'A ﬁne Lantern by the door');
    await held(one.slug, 'Something else');
    const elsewhere = await held(two.slug, 'A lantern elsewhere');

    const found = await get('/comments?status=pending&q=LANTERN%20fine');
    const there = await get(`/comments?status=pending&q=lantern&post=${two.id}`);

    expect(found.comments.map((one: { id: string }) => one.id)).toEqual([id]);
    expect(there.comments.map((one: { id: string }) => one.id)).toEqual([elsewhere.id]);
  });

  test('counts what waits, up to a bound', async () => {
    const { slug } = await publishedPost(stack.table, 'counted');
    const before = await get('/queues');
    const ids = [(await held(slug, 'One to count')).id, (await held(slug, 'Another')).id] as const;
    await moveNow([ids[1]], 'spam');

    const after = await get('/queues');

    expect(after).toEqual({ ...before, pending: before.pending + 1, spam: before.spam + 1, most: 500 });
    await moveNow([...ids], 'rejected');
  });

  test('shows what a comment answers', async () => {
    const { slug } = await publishedPost(stack.table, 'answered');
    const { ref } = await approved(slug, 'Is there <em>tea</em>?');
    const { id } = await held(slug, 'There is', { parent: ref });

    const { comments } = await get('/comments?status=pending&q=there%20is');

    expect(comments).toMatchObject([{ id, to: ref, parent: { html: '<p>Is there <em>tea</em>?</p>' } }]);
    await moveNow([id], 'rejected');
  });

  test('finds words in every state, and says how far back it looked', async () => {
    const { slug } = await publishedPost(stack.table, 'any-state');
    const there = await approved(slug, 'A marzipan pig');
    const { id } = await held(slug, 'Marzipan again');

    const found = await get('/comments?status=any&q=marzipan');
    let last = found;
    while (last.next) last = await get(`/comments?status=any&q=marzipan&cursor=${last.next}`);

    expect(found.comments.map((one: { id: string }) => one.id)).toEqual([id, there.id]);
    expect(found.back < there.created).toBe(true);
    expect(last).toEqual({ comments: [], next: null, back: null });
    await moveNow([id], 'rejected');
  });

  test('costs the same for a page, however much waits', async () => {
    const post = await publishedPost(stack.table, 'five-hundred');
    const costOfAPage = async () => {
      await stack.drain();
      const send = vi.spyOn(DynamoDBDocumentClient.prototype, 'send');
      const page = await get('/comments?status=pending');
      const requests = send.mock.calls.length;
      vi.restoreAllMocks();
      return { requests, comments: page.comments.length };
    };
    const fill = async (from: number, to: number) => {
      for (let i = from; i < to; i++)
        await hold(stack.table, said(post, `Waiting ${i}`, { person: `q${i}` }), 'pending');
    };

    await fill(0, 60);
    const few = await costOfAPage();
    await fill(60, 500);
    const many = await costOfAPage();

    expect(few.comments).toBe(50);
    expect(many).toEqual(few);
    expect(many.requests).toBeLessThanOrEqual(1 + 2 * 50);
  });

  test.each([
    'no-cursor',
    Buffer.from('["POST#a","META","held","x"]').toString('base64url'),
    Buffer.from('[1,2,3,4]').toString('base64url'),
  ])('refuses the cursor %s', async (cursor) => {
    const sent = await call('GET', `/comments?status=spam&cursor=${cursor}`);

    expect([sent.status, bodyOf(sent).code]).toEqual([400, 'query.invalid']);
  });
});

describe('a verdict', () => {
  test('on many at once says which it could not be given to, and why', async () => {
    const { slug } = await publishedPost(stack.table, 'verdicts');
    const { id } = await held(slug, 'One');
    const gone = await approved(slug, 'Two');
    await moveNow([gone.id], 'removed');

    const nobody: Seen = { id: 'a'.repeat(32), status: 'pending', ver: 1 };
    const sent = bodyOf(await move([await seen(id), await seen(gone.id), nobody], 'approved'));

    expect(sent.moved).toEqual([{ id, status: 'approved', ver: 1 }]);
    expect(sent.refused).toEqual(
      expect.arrayContaining([
        { id: gone.id, code: 'comment.move', detail: 'A comment that is removed cannot become approved.' },
        { id: 'a'.repeat(32), code: 'comment.not-found', detail: expect.any(String) },
      ]),
    );
  });

  test.each<Status>(['rejected', 'spam'])('of %s is undone, and the comment waits again as it did', async (to) => {
    const { slug } = await publishedPost(stack.table, `undo-${to}`);
    const { id } = await held(slug, 'A slip of the finger');
    await moveNow([id], to);

    const undone = await moveNow([id], 'pending');
    const { comments } = await get('/comments?status=pending&q=slip%20finger');

    expect(undone.moved).toMatchObject([{ id, status: 'pending' }]);
    expect(comments[0]).toMatchObject({ id, html: '<p>A slip of the finger</p>' });
    expect(comments[0].moves.map((move: { to: string; by: string }) => [move.to, move.by])).toEqual([
      ['pending', 'rules'],
      [to, 'somebody-else'],
      ['pending', 'somebody-else'],
    ]);
    await moveNow([id], 'rejected');
  });

  test('is not for an author who is no moderator', async () => {
    const author = await stack.tokenOf({ groups: ['author'] });

    const comments = [{ id: 'a'.repeat(32), status: 'pending', ver: 1 }];
    const sent = await call('POST', '/comments/moves', { comments, to: 'spam' }, author);

    // The distribution answers every 403 so, and tells nobody what is there.
    expect(sent.status).toBe(404);
  });

  test.each<[Status, Status]>([
    ['pending', 'approved'],
    ['spam', 'approved'],
    ['spam', 'rejected'],
    ['pending', 'rejected'],
  ])('that made %s %s is undone', async (from, to) => {
    const { slug } = await publishedPost(stack.table, `undo-${from}-${to}`);
    const { id } = await held(slug, 'Where it came from');
    if (from === 'spam') await moveNow([id], 'spam');
    const { moved } = await moveNow([id], to);

    const undone = bodyOf(await move(moved, from));

    expect(undone).toMatchObject({ moved: [{ id, status: from }], refused: [] });
    await moveNow([id], 'rejected');
  });

  test('that is undone makes the writer a stranger again, unless an earlier comment made them known', async () => {
    const { slug } = await publishedPost(stack.table, 'undo-trust');
    const write = (body: string, cookie = {}) =>
      stack.json(slug, filled({ body, email: 'slip@example.org', name: 'Slip' }), cookie);
    const sent = await write('Approved by a slip');
    const cookie = cookiesOf(sent);
    const { id } = bodyOf(sent);
    await moveNow([id], 'approved');

    await moveNow([id], 'pending');

    expect(bodyOf(await write('Held, then', cookie)).status).toBe('pending');
    await moveNow([id], 'approved');
    const second = bodyOf(await write('At once, then', cookie));
    await moveNow([second.id], 'pending');
    expect(second.status).toBe('approved');
    expect(bodyOf(await write('At once still', cookie)).status).toBe('approved');
  });

  test('comes too late when somebody else gave another one, and says so', async () => {
    const { slug } = await publishedPost(stack.table, 'too-late');
    const { id } = await held(slug, 'Two pairs of eyes');
    const asBothSawIt = [await seen(id)];
    await move(asBothSawIt, 'approved');

    const late = bodyOf(await move(asBothSawIt, 'spam'));
    const same = bodyOf(await move(asBothSawIt, 'approved'));

    expect(late).toEqual({
      moved: [],
      refused: [{ id, code: 'comment.moved', detail: 'Meanwhile it became approved. Nothing was changed.' }],
    });
    expect(same).toMatchObject({ moved: [{ id, status: 'approved' }], refused: [] });
    expect((await seen(id)).status).toBe('approved');
  });

  test('is not given to words that the moderator has not seen', async () => {
    const { slug } = await publishedPost(stack.table, 'other-words');
    const { id } = await held(slug, 'Harmless');
    const before = await seen(id);
    await call('PUT', `/comments/${id}`, { body: 'Less so', ver: before.ver });

    const { moved, refused } = bodyOf(await move([before], 'approved'));

    expect(moved).toEqual([]);
    expect(refused).toMatchObject([
      { id, code: 'comment.moved', detail: expect.stringContaining('words were changed') },
    ]);
    await moveNow([id], 'rejected');
  });

  test('by two moderators at the same moment is one of the two, and the other is told', async () => {
    const { slug } = await publishedPost(stack.table, 'same-moment');
    for (let i = 0; i < 8; i++) {
      const { id } = await held(slug, `Both at once, ${i}`);
      const comment = [await seen(id)];

      const answers = (await Promise.all([move(comment, 'approved'), move(comment, 'spam')])).map(bodyOf);

      const winner = answers.find(({ moved }) => moved.length === 1);
      const loser = answers.find(({ refused }) => refused.length === 1);
      expect(loser.refused[0].code).toBe('comment.moved');
      expect((await seen(id)).status).toBe(winner.moved[0].status);
      await moveNow([id], winner.moved[0].status === 'approved' ? 'removed' : 'rejected');
    }
  });

  test('that fails for one comment is told for that one', async () => {
    const { slug } = await publishedPost(stack.table, 'one-fails');
    const ids = [(await held(slug, 'Fails')).id, (await held(slug, 'Does not')).id] as const;
    const comments = await Promise.all(ids.map(seen));
    const { send } = DynamoDBDocumentClient.prototype;
    vi.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(function (
      this: DynamoDBDocumentClient,
      ...given: unknown[]
    ) {
      const [command] = given;
      const fails = command instanceof UpdateCommand && command.input.Key?.pk === `COMMENT#${ids[0]}`;
      return fails ? Promise.reject(new Error('the table is away')) : Reflect.apply(send, this, given);
    } as typeof send);

    const sent = bodyOf(await move(comments, 'rejected'));

    expect(sent.moved).toMatchObject([{ id: ids[1], status: 'rejected' }]);
    expect(sent.refused).toMatchObject([{ id: ids[0], code: 'internal' }]);
    vi.restoreAllMocks();
    await moveNow([ids[0]], 'rejected');
  });

  test('shows what was approved, and what was removed without its words', async () => {
    const { slug } = await publishedPost(stack.table, 'listed');
    const kept = await approved(slug, 'A porcelain cup');
    const gone = await approved(slug, 'A porcelain plate');
    await moveNow([gone.id], 'removed');

    const [seen, removed] = await Promise.all([
      get('/comments?status=approved&q=porcelain'),
      get('/comments?status=removed'),
    ]);

    expect(seen.comments.map(({ id }: { id: string }) => id)).toEqual([kept.id]);
    expect(removed.comments.find(({ id }: { id: string }) => id === gone.id)).toMatchObject({ html: '' });
  });
});

describe('other words for a comment', () => {
  test('go through the sanitizer, are published, and keep what was sent', async () => {
    const { slug } = await publishedPost(stack.table, 'edited');
    const comment = await approved(slug, 'Ring me at 555-0100');

    const sent = await call('PUT', `/comments/${comment.id}`, {
      body: 'Ring me <script>x</script><b>never</b>',
      ver: comment.ver,
    });
    await stack.drain();

    const page = await stack.page(`/${slug}/`);
    expect(bodyOf(sent)).toMatchObject({
      html: '<p>Ring me <b>never</b></p>',
      original: 'Ring me at 555-0100',
      removed: ['script'],
      edited: { by: 'somebody-else' },
    });
    expect(page.text).toContain('Ring me <b>never</b>');
    expect(page.text).toContain('edited by a moderator');
    expect(page.text).not.toContain('555-0100');
  });

  test('given to a comment that waits are there when it is approved, and go when it is removed', async () => {
    const { slug } = await publishedPost(stack.table, 'edited-waiting');
    const { id } = await held(slug, 'Original zeppelin');
    const { ver } = await get(`/comments/${id}`);
    await call('PUT', `/comments/${id}`, { body: 'Kinder words', ver });
    await moveNow([id], 'approved');
    const shown = await get(`/comments/${id}`);

    await moveNow([id], 'removed');

    expect(shown).toMatchObject({ html: '<p>Kinder words</p>', original: 'Original zeppelin', status: 'approved' });
    expect(JSON.stringify(await stack.stored())).not.toMatch(/zeppelin|Kinder/);
  });

  test('put on older ones are refused', async () => {
    const { slug } = await publishedPost(stack.table, 'edited-twice');
    const comment = await approved(slug, 'First');
    await call('PUT', `/comments/${comment.id}`, { body: 'Second', ver: comment.ver });

    const late = await call('PUT', `/comments/${comment.id}`, { body: 'Third', ver: comment.ver });

    expect([late.status, bodyOf(late).code]).toEqual([409, 'comment.conflict']);
    expect((await get(`/comments/${comment.id}`)).html).toBe('<p>Second</p>');
  });
});

describe('a person', () => {
  test('has a history, on every article and in every state', async () => {
    const [one, two] = [
      await publishedPost(stack.table, 'history-one'),
      await publishedPost(stack.table, 'history-two'),
    ];
    const first = await approved(one.slug, 'Here', { email: 'regular@example.org', name: 'Ines' });
    await held(two.slug, 'There', { email: 'regular@example.org', name: 'Inês' });

    const person = await get(`/people/${first.person}`);
    const { comments } = await get(`/people/${first.person}/comments`);

    expect(person).toMatchObject({ blocked: false, counts: { approved: 1, pending: 1 }, names: ['Inês', 'Ines'] });
    expect(comments.map(({ post, status }: { post: { slug: string }; status: string }) => [post.slug, status])).toEqual(
      [
        ['history-two', 'pending'],
        ['history-one', 'approved'],
      ],
    );
  });

  test('who is blocked is filed as spam from then on, and told so', async () => {
    const { slug } = await publishedPost(stack.table, 'blocked');
    const who = { email: 'loud@example.org', name: 'Loud' };
    const { person } = await approved(slug, 'Fine so far', who);
    await call('PUT', `/people/${person}`, { blocked: true, note: 'shouts' });

    const next = await held(slug, 'Louder', who);
    await call('PUT', `/people/${person}`, { blocked: true });
    const known = await get(`/people/${person}`);

    expect(next).toMatchObject({ status: 'spam', reason: 'person.blocked' });
    expect(known).toMatchObject({ blocked: true, note: 'shouts' });
  });
});

describe('what was said to an author', () => {
  test('is all there is, page by page, when more is said than one page looks at', async () => {
    await saveAccount(stack.table, 'somebody-else', { author: 'ada-byrne', seen: null });
    const post = await publishedPost(stack.table, 'ada-busy');
    const since = new Date(Date.now() - 1).toISOString();
    const now = () => ({ created: new Date().toISOString() });
    const ids: string[] = [];
    for (let i = 0; i < 120; i++) {
      const words = { ...said(post, `Said ${i}`, { person: `s${i}` }), ...now() };
      await seat(stack.table, words);
      ids.push(words.id);
    }

    const pages = [await get(`/said?since=${since}`)];
    while (pages.at(-1).next) pages.push(await get(`/said?since=${since}&cursor=${pages.at(-1).next}`));

    expect(pages.length).toBe(3);
    expect(pages.flatMap(({ comments }) => comments.map(({ id }: { id: string }) => id))).toEqual(ids);
    expect(pages[0]).toMatchObject({ author: { slug: 'ada-byrne', name: 'Ada Byrne' }, since });
  });

  test('is all that was let in on their articles or in answer to them since they looked, and nothing of their own', async () => {
    await saveAccount(stack.table, 'somebody-else', { author: 'ada-byrne', seen: null });
    const mine = await publishedPost(stack.table, 'ada-writes');
    const other = await publishedPost(stack.table, 'bea-writes', { author: { slug: 'bea', name: 'Bea' } });
    const early = await held(mine.slug, 'Sent before she looked');
    const since = new Date().toISOString();
    const own = bodyOf(
      await call('POST', `/posts/${other.id}/comments`, { parent: null, body: 'I, <em>Ada</em>, wonder' }),
    );
    const answer = await approved(other.slug, 'An answer to Ada', { parent: own.ref });
    await approved(other.slug, 'Not to her');
    await moveNow([early.id], 'approved');

    const said = await get(`/said?since=${since}`);

    const bodies = said.comments.map(({ html }: { html: string }) => html);
    expect(bodies).toEqual(['<p>An answer to Ada</p>', '<p>Sent before she looked</p>']);
    expect(said.comments[0]).toMatchObject({ id: answer.id, to: own.ref });
  });

  test('is answered by name, at once, as an author', async () => {
    await saveAccount(stack.table, 'somebody-else', { author: 'ada-byrne', seen: null });
    const post = await publishedPost(stack.table, 'ada-answers');
    const asked = await approved(post.slug, 'Is there tea?');

    const sent = await call('POST', `/posts/${post.id}/comments`, { parent: asked.ref, body: 'There is.' });
    const again = await call('POST', `/posts/${post.id}/comments`, { parent: asked.ref, body: 'There is.' });
    await stack.drain();

    const { text } = await stack.page(`/${post.slug}/`);
    expect(sent.status).toBe(201);
    expect(bodyOf(again).ref).toBe(bodyOf(sent).ref);
    expect(text).toContain('Ada Byrne</b><small>author</small>');
  });

  test('is new no more once the account has noted that it was seen, and who it writes as stays', async () => {
    await saveAccount(stack.table, 'somebody-else', { author: 'ada-byrne', seen: null });
    await approved((await publishedPost(stack.table, 'ada-has-read')).slug, 'Read this');
    const seen = new Date().toISOString();

    const noted = await call('PUT', '/account', { seen });
    const nobody = await call('PUT', '/account', { author: 'no-such-author' });

    expect(bodyOf(noted)).toEqual({
      account: 'somebody-else',
      author: { slug: 'ada-byrne', name: 'Ada Byrne' },
      seen,
    });
    expect([nobody.status, bodyOf(nobody).code]).toEqual([409, 'author.unknown']);
    expect(await get('/said')).toMatchObject({ since: seen, comments: [], next: null });
    expect(await get('/account')).toEqual(bodyOf(noted));
  });

  test('is refused to an account that has not said who it writes as', async () => {
    await saveAccount(stack.table, 'somebody-else', { author: null, seen: null });

    const sent = await call('GET', '/said');

    expect([sent.status, bodyOf(sent).code]).toEqual([409, 'author.unknown']);
  });
});

describe('a reader reports a comment', () => {
  const complain = (slug: string, comment: string, reason: string, from: string, headers = {}) =>
    stack.send(`/api/posts/${slug}/report`, {
      method: 'POST',
      from,
      headers: { ...FORM, ...SAME_ORIGIN, ...headers },
      body: formBody({ comment, reason }),
    });

  test('without a script, once from each address, and a moderator sees it until it is answered', async () => {
    const { slug } = await publishedPost(stack.table, 'reported');
    const { id, ref } = await approved(slug, 'Rude words');

    const asked = await stack.page(`/api/posts/${slug}/report?comment=${ref}`);
    const sent = await complain(slug, ref, 'It is rude', '127.0.1.1');
    await complain(slug, ref, 'It is still rude', '127.0.1.1', { cookie: `stoa_reader=${'a'.repeat(43)}` });
    await complain(slug, ref, '', '127.0.1.2');
    const thanks = await stack.page(sent.headers.location ?? '');
    const { comments } = await get('/comments?status=reported');
    await moveNow([id], 'approved');
    await complain(slug, ref, 'But still', '127.0.1.3');
    const after = await get('/comments?status=reported');

    expect(asked.document.querySelector('form')?.getAttribute('action')).toBe(`/api/posts/${slug}/report`);
    expect([sent.status, sent.cookies, thanks.status]).toEqual([303, [], 200]);
    expect(thanks.text).toContain('Thank you for telling us');
    expect(comments).toMatchObject([{ id, reports: { n: 2, reasons: ['It is rude', ''] } }]);
    expect(after.comments).toEqual([]);
  });

  test('by three takes a comment from its page until a moderator has looked; then no report does', async () => {
    const { slug } = await publishedPost(stack.table, 'reported-thrice');
    const { id, ref } = await approved(slug, 'Words that three dislike');
    const shown = async () => {
      await stack.drain();
      return (await stack.page(`/${slug}/`)).text.includes('Words that three dislike');
    };

    await complain(slug, ref, '', '127.0.2.1');
    await complain(slug, ref, '', '127.0.2.2');
    const two = await shown();
    await complain(slug, ref, '', '127.0.2.3');
    const three = await shown();
    const { comments } = await get('/comments?status=pending');
    await moveNow([id], 'approved');
    for (let n = 4; n < 9; n += 1) await complain(slug, ref, '', `127.0.2.${n}`);

    expect([two, three, await shown()]).toEqual([true, false, true]);
    expect(comments.find((comment: { id: string }) => comment.id === id)?.moves.at(-1)).toMatchObject({
      to: 'pending',
      by: 'rules',
      rule: 'reported',
    });
  });

  test("by however many leaves an author's comment on its page, and a moderator sees the reports", async () => {
    await saveAccount(stack.table, 'somebody-else', { author: 'ada-byrne', seen: null });
    const post = await publishedPost(stack.table, 'reported-author');
    const own = bodyOf(await call('POST', `/posts/${post.id}/comments`, { parent: null, body: 'An unloved truth' }));

    for (let n = 1; n < 6; n += 1) await complain(post.slug, own.ref, '', `127.0.4.${n}`);
    await stack.drain();

    const { comments } = await get('/comments?status=reported');
    expect((await stack.page(`/${post.slug}/`)).text).toContain('An unloved truth');
    expect(comments.find(({ ref }: { ref: string }) => ref === own.ref)).toMatchObject({ reports: { n: 5 } });
  });

  test('is limited by address', async () => {
    const { slug } = await publishedPost(stack.table, 'reported-often');
    stack.configure({ limits: { ...UNLIMITED, address: { perMinute: 0.01, burst: 1, perDay: 30 } } });
    const { ref } = await approved(slug, 'Words');

    const answers = [await complain(slug, ref, 'One', '127.0.3.1'), await complain(slug, ref, 'Two', '127.0.3.1')];
    stack.configure({});

    expect(answers.map(({ status }) => status)).toEqual([303, 429]);
    expect(answers[1]?.headers['retry-after']).toMatch(/^\d+$/);
  });

  test('or thanks for it, once from each address, and only its writer sees how many did', async () => {
    const { slug } = await publishedPost(stack.table, 'thanked');
    const thanks = (from: string) =>
      stack.send(`/api/posts/${slug}/report`, {
        method: 'POST',
        from,
        headers: { ...FORM, ...SAME_ORIGIN },
        body: formBody({ comment: ref, thanks: 'yes' }),
      });
    const written = await stack.json(slug, filled({ email: 'thanked@example.org', body: 'Worth a thank-you' }));
    const { id } = bodyOf(written);
    await stack.moderate(id, 'approved');
    const { ref } = await get(`/comments/${id}`);
    await stack.drain();
    const before = (await stack.page(`/${slug}/`)).text;

    const form = await stack.page(`/api/posts/${slug}/report?comment=${ref}`);
    const sent = [await thanks('127.0.5.1'), await thanks('127.0.5.1'), await thanks('127.0.5.2')];
    await stack.drain();

    const receipt = await stack.page(`/api/comments/${id}`, { headers: cookiesOf(written) });
    const word = await stack.page(sent[0]?.headers.location ?? '');
    expect(form.document.querySelectorAll('main form').map((one) => one.querySelector('button')?.text)).toEqual([
      'Thank you',
      'Report it',
    ]);
    expect(sent.map(({ status, cookies }) => [status, cookies])).toEqual(Array(3).fill([303, []]));
    expect(word.text).toContain('Your thanks are on their way');
    expect(receipt.text).toContain('2 readers thanked you for it. Only you see this.');
    expect((await stack.page(`/${slug}/`)).text).toBe(before);
    expect((await get('/comments?status=reported')).comments.map((one: { id: string }) => one.id)).not.toContain(id);
    expect((await get(`/comments/${id}`)).reports).toBeNull();
  });

  test('that is not there, and is told that it is not', async () => {
    const { slug } = await publishedPost(stack.table, 'reported-missing');

    const sent = await stack.send(`/api/posts/${slug}/report`, {
      method: 'POST',
      headers: { ...FORM, ...SAME_ORIGIN },
      body: formBody({ comment: '1-1', reason: '' }),
    });

    expect(sent.status).toBe(404);
  });
});
