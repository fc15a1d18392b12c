import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { announce } from '../announce.ts';
import { api } from '../api.ts';
import { sayProblem } from '../problem.ts';
import { link, navigate } from '../router.ts';
import { day, moment } from '../shared/dates.ts';
import type { ViewProps } from '../view.ts';
import { dropDraft, isNew, listDrafts, newDraftId } from './drafts.ts';
import type { Summary } from './post.ts';
import { STATUSES, sayStatus } from './status.ts';

interface Page {
  posts: Summary[];
  next: string | null;
}

const SEARCH_AFTER_MS = 250;
/** A search reads on by itself until it has found so many, or asked so often. */
const ENOUGH = 15;
const MOST_PAGES = 6;

/** All articles, or pages, of one status or any, by what stands in them. */
export default function PostList({ query }: ViewProps) {
  const kind = query.get('kind') === 'page' ? 'page' : 'post';
  const status = query.get('status') ?? 'any';
  const words = query.get('q') ?? '';
  const found = useSignal<Summary[]>([]);
  const next = useSignal<string | null>(null);
  const state = useSignal<'reading' | 'read' | { problem: string }>('reading');

  const read = async (cursor: string | null, signal?: AbortSignal) => {
    state.value = 'reading';
    if (!cursor) found.value = [];
    try {
      let at = cursor;
      let fresh = 0;
      for (let pages = 0; pages < MOST_PAGES; pages++) {
        const asked = new URLSearchParams({
          status,
          kind,
          ...(words ? { q: words } : {}),
          ...(at ? { cursor: at } : {}),
        });
        const page = await api.get<Page>(`/posts?${asked}`, signal);
        found.value = [...found.value, ...page.posts];
        fresh += page.posts.length;
        at = page.next;
        if (!at || fresh >= ENOUGH) break;
      }
      next.value = at;
      state.value = 'read';
      if (words) announce(`${found.value.length}${at ? ' or more' : ''} found.`);
    } catch (error) {
      if (!signal?.aborted) state.value = { problem: sayProblem(error) };
    }
  };

  useEffect(() => {
    const aborter = new AbortController();
    const timer = setTimeout(() => void read(null, aborter.signal), words ? SEARCH_AFTER_MS : 0);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [kind, status, words]);

  const show = (change: Record<string, string>) => {
    const asked = new URLSearchParams({ kind, status, q: words, ...change });
    for (const [name, usual] of [
      ['kind', 'post'],
      ['status', 'any'],
      ['q', ''],
    ] as const)
      if (asked.get(name) === usual) asked.delete(name);
    navigate(asked.size > 0 ? `?${asked}` : '', { replace: true });
  };

  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>Write</h1>
        <a class="button main" href={link(`posts/${newDraftId()}${kind === 'page' ? '?kind=page' : ''}`)}>
          {kind === 'page' ? 'New page' : 'New article'}
        </a>
      </div>
      <div class="sieve">
        <search>
          <label class="unseen" for="find">
            Search
          </label>
          <input
            id="find"
            type="search"
            placeholder="Search title, address, author, category, tag"
            value={words}
            onInput={({ currentTarget }) => show({ q: currentTarget.value })}
          />
        </search>
        <div>
          <label class="unseen" for="status">
            Status
          </label>
          <select id="status" value={status} onChange={({ currentTarget }) => show({ status: currentTarget.value })}>
            <option value="any">Any status</option>
            {STATUSES.map(({ status: one, name }) => (
              <option key={one} value={one}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label class="unseen" for="kind">
            Kind
          </label>
          <select id="kind" value={kind} onChange={({ currentTarget }) => show({ kind: currentTarget.value })}>
            <option value="post">Articles</option>
            <option value="page">Pages</option>
          </select>
        </div>
      </div>
      {!words && <Unsaved />}
      <ul class="posts" aria-busy={state.value === 'reading'}>
        {found.value.map((post) => (
          <Row key={post.id} post={post} />
        ))}
      </ul>
      {state.value === 'reading' && <p class="soft wait">Reading …</p>}
      {state.value === 'read' && found.value.length === 0 && (
        <p class="empty">{words ? 'Nothing found.' : 'Nothing here yet.'}</p>
      )}
      {typeof state.value === 'object' && (
        <p role="alert">
          {state.value.problem}{' '}
          <button type="button" onClick={() => void read(null)}>
            Try again
          </button>
        </p>
      )}
      {state.value === 'read' && next.value && (
        <p>
          <button type="button" onClick={() => void read(next.value)}>
            {words ? 'Search older ones' : 'Show older ones'}
          </button>
        </p>
      )}
    </>
  );
}

function Row({ post }: { post: Summary }) {
  const { id, title, author, category, status, updated, slug } = post;
  return (
    <li>
      <a class="title" href={link(`posts/${id}`)}>
        {title}
      </a>
      <p class="soft">
        <span class={`status ${status}`}>{sayStatus(post)}</span>
        <span>{author.name}</span>
        {category && <span>{category.name}</span>}
        {updated && <span>changed {day(updated)}</span>}
        {status === 'published' && <a href={`/${slug}/`}>View</a>}
      </p>
    </li>
  );
}

/** New articles that only this browser has. */
function Unsaved() {
  const drafts = useSignal(listDrafts().filter(({ id }) => isNew(id)));
  if (drafts.value.length === 0) return null;
  return (
    <section class="unsaved" aria-labelledby="unsaved">
      <h2 id="unsaved">Kept in this browser, not saved yet</h2>
      <ul class="posts">
        {drafts.value.map(({ id, draft }) => (
          <li key={id}>
            <a class="title" href={link(`posts/${id}`)}>
              {draft.words.title || 'Without a title'}
            </a>
            <p class="soft">
              <span>{moment(draft.at)}</span>
              <button
                type="button"
                class="text"
                aria-label={`Throw away ${draft.words.title || 'the draft without a title'}`}
                onClick={() => {
                  if (!confirm('Throw this draft away? Only this browser has it.')) return;
                  dropDraft(id);
                  drafts.value = drafts.value.filter((other) => other.id !== id);
                  announce('Thrown away.');
                }}
              >
                Throw away
              </button>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
