import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes an article's file, and gives its path. */
export async function writeArticle(folder: string, name: string, head: string, body = 'Some words.'): Promise<string> {
  const path = join(folder, `${name}.md`);
  await writeFile(path, `---\n${head}\n---\n\n${body}\n`);
  return path;
}

/** Sends a comment as a program on the site's own page would, or as its form. */
export function say(
  url: string,
  slug: string,
  words: { name: string; body: string; parent?: string },
  { form = false, cookie = '' } = {},
): Promise<Response> {
  const fields = { email: `${words.name.toLowerCase()}@post.example`, url: '', ...words };
  return fetch(`${url}/api/posts/${slug}/comments`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      origin: url,
      accept: form ? 'text/html' : 'application/json',
      'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
      ...(cookie ? { cookie } : {}),
    },
    body: form ? String(new URLSearchParams(fields)) : JSON.stringify(fields),
  });
}

/** The id in an acknowledgement; null when it was none. */
export async function acknowledged(response: Response): Promise<string | null> {
  if (response.status === 303) return response.headers.get('location')?.split('/').at(-1) ?? null;
  if (response.status !== 201) return null;
  return ((await response.json()) as { id: string }).id;
}
