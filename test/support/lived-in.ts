import { seal } from '../../functions/domain/seal.ts';
import { readKeys } from '../../functions/keys.ts';
import { saveAccount } from '../../functions/table/accounts.ts';
import { describeAuthor } from '../../functions/table/authors.ts';
import { hold, seat } from '../../functions/table/comments.ts';
import { announceImage, settleImage } from '../../functions/table/images.ts';
import { subscribe, suppress } from '../../functions/table/mailboxes.ts';
import { move } from '../../functions/table/moves.ts';
import { claimAddress, notePerson, personOf } from '../../functions/table/people.ts';
import { pin } from '../../functions/table/pins.ts';
import {
  createPost,
  findPost,
  getPost,
  type PostItem,
  publishPost,
  revisePost,
  withdrawPost,
} from '../../functions/table/posts.ts';
import { renamePost } from '../../functions/table/renames.ts';
import { report } from '../../functions/table/reports.ts';
import { openTable, type Table } from '../../functions/table/table.ts';
import { TABLE } from '../../infra/local/connection.ts';
import { openPlatform } from '../../infra/local/platform.ts';
import { readSettings } from '../../infra/settings-file.ts';
import { content, publishedPost, said } from './content.ts';

const UNTIL = '2099-01-01T00:00:00.000Z';

/** Brings everything about that a Stoa can hold into a data folder that no server runs on, and makes its pages. */
export async function liveIn(dataDir: string, settingsFile: string): Promise<void> {
  const platform = await openPlatform(dataDir, readSettings(settingsFile));
  const table = openTable(TABLE);
  await writeArticles(table);
  await talk(table);
  await meet(table);
  const picture = {
    contentType: 'image/avif',
    cacheControl: 'public, max-age=31536000, immutable',
    metadata: { a: 'b' },
  };
  await platform.bucket.put('media/p1/640.avif', Uint8Array.from([0, 255, 10, 13, 128]), picture);
  await platform.drain();
  await platform.close();
}

const now = async (table: Table, { id }: PostItem) => (await getPost(table, id)) as PostItem;

async function writeArticles(table: Table): Promise<void> {
  const moved = await publishedPost(table, 'moved', { title: 'Moved: "twice"\n---\n# no', source: 'a\r\n---\nb: c\n' });
  await seat(table, said(moved, 'said before'));
  await renamePost(table, moved, 'moved-on', new Date());
  await renamePost(table, await now(table, moved), 'moved-on-again', new Date());
  await revisePost(
    table,
    await now(table, moved),
    content({ title: '2026-01-01', source: '\uFEFF---\nnew' }),
    new Date(),
  );
  await withdrawPost(table, await publishedPost(table, 'withdrawn', { category: null, tags: [] }));
  await createPost(table, 'draft', content({ title: 'null', excerpt: '' }), new Date());
  await publishPost(table, await createPost(table, 'later', content(), new Date()), UNTIL, new Date());
  const about = await createPost(table, 'about', content(), new Date(), { kind: 'page' });
  await publishPost(table, about, null, new Date());
  for (let n = 0; n < 12; n++) await publishedPost(table, `filler-${n}`, { title: `Filler ${n}` });
}

/** Several segments, an overflow, and comments in every state. */
async function talk(table: Table): Promise<void> {
  const post = await publishedPost(table, 'long-talk');
  const roots: string[] = [];
  for (let n = 0; n < 40; n++) roots.push(await seat(table, said(post, `root ${n} \u2028 ${'words '.repeat(60)}`)));
  const [first = '', second = '', third = ''] = roots;
  const parent = { at: first, root: null };
  for (let n = 0; n < 60; n++) await seat(table, said(post, `reply ${n}`, { parent, person: `p${n % 7}` }));
  await judge(table, said(post, 'root 1 \u2028 '.concat('words '.repeat(60))).id, 'removed');
  await judge(table, said(post, 'root 2 \u2028 '.concat('words '.repeat(60))).id, 'pending');
  await pin(table, await now(table, post), first);
  await report(table, post.id, third, { reader: 'somebody', reason: 'rude', at: UNTIL });
  await report(table, post.id, second, { reader: 'somebody', reason: 'rude', at: UNTIL });
  for (const status of ['approved', 'spam', 'rejected'] as const) {
    const words = said(post, `waited ${status}`, { person: status });
    await hold(table, words, 'pending');
    await judge(table, words.id, status);
  }
}

const judge = (table: Table, id: string, to: 'approved' | 'spam' | 'rejected' | 'removed' | 'pending') =>
  move(table, id, { to, by: 'test', at: new Date().toISOString(), rule: null });

async function meet(table: Table): Promise<void> {
  await describeAuthor(table, 'ada-byrne', {
    bio: 'Counts chairs.',
    links: [{ label: 'Home', href: 'https://ada.example/' }],
  });
  await claimAddress(table, 'hash-of-ada', 'ada-byrne');
  await saveAccount(table, 'subject', { author: 'ada-byrne', seen: UNTIL });
  const { person } = await personOf(table, 'hash-of-zeno');
  await notePerson(table, person, { blocked: true, note: 'Enough.' });
  const sealed = seal(readKeys().addressKeys, person, 'zeno@citium.example');
  const post = (await findPost(table, 'long-talk'))?.id ?? '';
  await subscribe(table, person, { sealed, address: 'hash-of-zeno' }, { comment: 'c', post, until: UNTIL });
  await suppress(table, 'hash-of-bounced', 'bounce', new Date());
  const image = {
    id: 'p1',
    state: 'waiting',
    type: 'image/png',
    alt: 'A bench',
    account: 'subject',
    at: UNTIL,
  } as const;
  await announceImage(table, image);
  await settleImage(table, 'p1', { width: 640, height: 480 });
}
