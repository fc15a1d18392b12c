import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readArticleFile } from '../../infra/operator/article-file.ts';
import { writeArticle } from '../support/articles.ts';
import { temporaryFolder } from '../support/process.ts';

const BOTH = 'title: One\nauthor: Odile Brandt';

async function refusal(head: string, body?: string): Promise<string> {
  await using folder = await temporaryFolder();
  const path = await writeArticle(folder.path, 'one', head, body);
  const error = await readArticleFile(path).catch((refused: Error) => refused);
  expect(error).toMatchObject({ name: 'Failure' });
  return (error as Error).message.replaceAll(path, 'FILE');
}

test.each([
  ['author: Odile Brandt', 'FILE: title is missing: add a line "title: …" to the front matter'],
  ['title: One', 'FILE: author is missing: add a line "author: …" to the front matter'],
  ['title: 2026\nauthor: O', 'FILE: title must be text, in quotes if need be, got 2026'],
  ['title: ""\nauthor: O', 'FILE: title must not be empty, got ""'],
  [`${BOTH}\ntags: one`, 'FILE: tags must be a list like [one, two], got "one"'],
  [
    `${BOTH}\nlayout: post`,
    'FILE: layout is not known in front matter: it may hold kind, title, slug, author, category, tags, excerpt, date, draft',
  ],
  [`${BOTH}\ndate: soon`, 'FILE: date must be a date like 2026-11-22 or 2026-11-22T09:00:00Z, got "soon"'],
  [`${BOTH}\ndraft: maybe`, 'FILE: draft must be true or false, got "maybe"'],
  [`${BOTH}\nslug: Héllo`, 'FILE: slug must match [a-z0-9-]+ in at most 80 characters: try "hello", got "Héllo"'],
  [`${BOTH}\nslug: admin`, 'FILE: slug is an address of Stoa itself: choose another, got "admin"'],
  [
    'title: Admin\nauthor: O',
    'FILE: the slug that the title gives is an address of Stoa itself: choose another, got "admin", and add a line "slug: …"',
  ],
  [
    'title: 日本\nauthor: O',
    'FILE: the slug that the title gives must match [a-z0-9-]+ in at most 80 characters, got "", and add a line "slug: …"',
  ],
  ['- one\n- two', 'FILE: the front matter must be keys and values, title: and author: among them'],
])('the front matter %j is refused in one line that says what to do', async (head, words) => {
  expect(await refusal(head)).toBe(words);
});

test('front matter that is not YAML, and an article without words, are refused in one line', async () => {
  const spoilt = await refusal('title: "One\nauthor: O');
  const empty = await refusal(BOTH, ' \n');

  expect(spoilt).toMatch(/^FILE: the front matter is not YAML: [^\n]+$/);
  expect(empty).toBe('FILE: the text below the front matter must not be empty');
});

test('a file that is not there is refused by its name', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'none.md');

  await expect(readArticleFile(path)).rejects.toThrow(`${path} cannot be read: there is no such file`);
});

test('an article holds what its file says, with the slug of its title and the address of its author', async () => {
  await using folder = await temporaryFolder();
  const head = 'title: Héllo, wörld\nauthor: Odile Brandt <odile@stoa.example>\ndate: 2026-11-22\ntags: [a, b]';
  const path = await writeArticle(folder.path, 'one', head);

  const article = await readArticleFile(path);

  expect(article).toEqual({
    path,
    kind: 'post',
    title: 'Héllo, wörld',
    slug: 'hello-world',
    author: 'Odile Brandt',
    email: 'odile@stoa.example',
    date: '2026-11-22T00:00:00.000Z',
    category: null,
    tags: ['a', 'b'],
    draft: false,
    source: expect.stringContaining('Some words.'),
  });
});
