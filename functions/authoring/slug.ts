import * as v from 'valibot';
import { RuleError } from '../domain/errors.ts';
import { checkSlug, nameSlug, slugify } from '../domain/post.ts';
import { ownerOf } from '../table/slugs.ts';
import type { Table } from '../table/table.ts';

/** Another address for an article, with the `ver` that was read. */
export const rename = v.strictObject({ slug: v.string(), ver: v.number() });

type State = 'free' | 'own' | 'taken' | 'reserved' | 'invalid';

/**
 * Whether an address is free for `post`, while it is being typed; where it is not, one like it that is. `named` is where an
 * author or a category of this name lies, whatever letters it has.
 */
export async function slugState(table: Table, wanted: string, post: string | undefined) {
  const slug = slugify(wanted);
  const state = await stateOf(table, slug, post);
  const suggestion = state === 'taken' || state === 'reserved' ? await another(table, slug, post) : null;
  return { slug, state, suggestion, named: nameSlug(wanted) };
}

async function stateOf(table: Table, slug: string, post: string | undefined): Promise<State> {
  if (!slug) return 'invalid';
  try {
    checkSlug(slug);
  } catch (error) {
    if (error instanceof RuleError) return 'reserved';
    throw error;
  }
  const owner = await ownerOf(table, slug);
  if (owner === null) return 'free';
  return owner === post ? 'own' : 'taken';
}

/** `hello` -> `hello-2` */
async function another(table: Table, slug: string, post: string | undefined): Promise<string | null> {
  const stem = slug.slice(0, 76).replace(/-+$/, '');
  for (let n = 2; n <= 9; n++) {
    const next = `${stem}-${n}`;
    if ((await stateOf(table, next, post)) !== 'taken') return next;
  }
  return null;
}
