import { RuleError } from '../domain/errors.ts';
import type { PostKind, PostStatus } from '../domain/post.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import { listPosts, type PostItem, shelfOf } from '../table/posts.ts';
import type { Table } from '../table/table.ts';

const STATUSES: readonly PostStatus[] = ['draft', 'scheduled', 'published', 'withdrawn'];
const KINDS: readonly PostKind[] = ['post', 'page'];
const PAGE = 50;
/** Articles that one request looks at: an index of titles would cost every save more than a search costs now and then. */
const LOOKED_AT = 200;

export interface Asked {
  status?: string;
  kind?: string;
  q?: string;
  cursor?: string;
}

/**
 * `?status=draft&kind=post&q=words&cursor=`, newest first; of any status, one status after the other. What `q` leaves out
 * still counts as looked at, so that a page may be short, or empty, and have a next. Throws RuleError 'query.invalid'.
 */
export async function listArticles(table: Table, { status = 'published', kind = 'post', q = '', cursor }: Asked) {
  const statuses = status === 'any' ? STATUSES : [oneOf('status', status, STATUSES, ', any')];
  const page = { kind: oneOf('kind', kind, KINDS) };
  let { at, place } = startOf(cursor, statuses);
  let looked = 0;
  const found: PostItem[] = [];
  for (;;) {
    const current = statuses[at] ?? 'draft';
    const after = place === null ? undefined : decodeCursor(place, shelfOf(current, page.kind));
    const limit = Math.min(PAGE - found.length, LOOKED_AT - looked);
    const { posts, next } = await listPosts(table, current, { ...page, limit, after });
    looked += limit;
    found.push(...posts.filter((post) => matches(post, q)));
    place = next ? encodeCursor(next) : null;
    if (place === null) at += 1;
    if (at === statuses.length) return { posts: found, next: null };
    if (found.length === PAGE || looked >= LOOKED_AT) return { posts: found, next: `${statuses[at]}.${place ?? ''}` };
  }
}

function oneOf<T extends string>(name: string, given: string, all: readonly T[], more = ''): T {
  const known = all.find((one) => one === given);
  if (!known) throw new RuleError('query.invalid', { name, remedy: `must be one of ${all.join(', ')}${more}` });
  return known;
}

/** A cursor is the status that it stands in, and the place there; no place is its start. */
function startOf(cursor: string | undefined, statuses: readonly PostStatus[]): { at: number; place: string | null } {
  if (cursor === undefined) return { at: 0, place: null };
  const [status, place = ''] = cursor.split('.');
  const at = statuses.indexOf(status as PostStatus);
  if (at < 0) throw new RuleError('query.invalid', { name: 'cursor', remedy: 'is not one that was given here' });
  return { at, place: place || null };
}

const fold = (text: string) => text.normalize('NFKC').toLocaleLowerCase();

function matches({ title, slug, category, tags, author }: PostItem, q: string): boolean {
  const text = fold([title, slug, category?.name ?? '', ...tags, author.name].join('\n'));
  return fold(q)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
