import { useSignal } from '@preact/signals';
import { announce } from '../announce.ts';
import { api } from '../api.ts';
import { sayProblem } from '../problem.ts';
import { link, navigate } from '../router.ts';
import { Difference } from '../shared/Difference.tsx';
import { moment } from '../shared/dates.ts';
import { Loaded } from '../shared/Loaded.tsx';
import type { ViewProps } from '../view.ts';
import { keepDraft, readDraft } from './drafts.ts';
import { type Named, type Post, wordsOf } from './post.ts';

interface Revision {
  rev: number;
  title: string;
  at: string;
  by: { account: string; name: string | null } | null;
  autosave: boolean;
}

interface Revisions {
  revisions: Revision[];
  next: string | null;
}

interface Stored extends Revision {
  excerpt: string;
  author: Named;
  category: Named | null;
  tags: string[];
  source: string;
}

/** What an article said before, and what each revision changed. */
export default function History({ params: { id = '' } }: ViewProps) {
  const load = async (signal: AbortSignal) => {
    const post = await api.get<Post>(`/posts/${id}`, signal);
    return { post, first: await api.get<Revisions>(`/posts/${id}/revisions`, signal) };
  };
  return (
    <Loaded load={load} of={id}>
      {({ post, first }) => <Timeline post={post} first={first} />}
    </Loaded>
  );
}

function Timeline({ post, first }: { post: Post; first: Revisions }) {
  const revisions = useSignal(first.revisions);
  const next = useSignal(first.next);
  const open = useSignal<number | null>(null);
  const problem = useSignal('');

  const more = async () => {
    try {
      const page = await api.get<Revisions>(
        `/posts/${post.id}/revisions?cursor=${encodeURIComponent(next.value ?? '')}`,
      );
      revisions.value = [...revisions.value, ...page.revisions];
      next.value = page.next;
    } catch (error) {
      problem.value = sayProblem(error);
    }
  };

  return (
    <>
      <p>
        <a href={link(`posts/${post.id}`)}>Back to the article</a>
      </p>
      <h1 tabIndex={-1}>History of “{post.title}”</h1>
      <ol class="revisions">
        {revisions.value.map((revision, at) => (
          <li key={revision.rev}>
            <button
              type="button"
              class="revision"
              aria-expanded={open.value === revision.rev}
              onClick={() => {
                open.value = open.value === revision.rev ? null : revision.rev;
              }}
            >
              <strong>{moment(revision.at)}</strong>
              <span class="soft">
                {revision.by ? (revision.by.name ?? 'an account without an author') : 'the operator'}
                {revision.autosave ? ', kept by itself' : ''}
                {at === 0 ? ', as it is now' : ''}
              </span>
            </button>
            {open.value === revision.rev && (
              <Changes post={post} rev={revision.rev} before={revisions.value[at + 1]?.rev ?? null} isNow={at === 0} />
            )}
          </li>
        ))}
      </ol>
      <div role="alert">{problem.value && <p class="trouble">{problem.value}</p>}</div>
      {next.value && (
        <p>
          <button type="button" onClick={() => void more()}>
            Show older ones
          </button>
        </p>
      )}
    </>
  );
}

interface ChangesProps {
  post: Post;
  rev: number;
  before: number | null;
  isNow: boolean;
}

function Changes({ post, rev, before, isNow }: ChangesProps) {
  const read = (number: number, signal: AbortSignal) =>
    api.get<Stored>(`/posts/${post.id}/revisions/${number}`, signal);
  const load = async (signal: AbortSignal) => ({
    after: await read(rev, signal),
    before: before === null ? null : await read(before, signal),
  });
  return (
    <Loaded load={load} of={`${rev}`}>
      {({ after, before: earlier }) => (
        <div class="changes">
          {earlier && earlier.title !== after.title && (
            <p>
              Title: <del>{earlier.title}</del> <ins>{after.title}</ins>
            </p>
          )}
          {earlier ? (
            <Difference before={earlier.source} after={after.source} />
          ) : (
            <p class="difference">{after.source}</p>
          )}
          {!isNow && (
            <p>
              <button type="button" onClick={() => bringBack(post, after)}>
                Bring these words back
              </button>
            </p>
          )}
        </div>
      )}
    </Loaded>
  );
}

/** Into the editor, unsaved, unless words wait there already: those are not written over. */
function bringBack(post: Post, { title, source, author, category, tags }: Stored): void {
  if (readDraft(post.id)) {
    announce('There are words in the editor that are not saved. Save them first.');
    alert('There are words in the editor that are not saved. Save them first, then bring these back.');
    return;
  }
  const base = wordsOf(post);
  const words = {
    ...base,
    title,
    source,
    author: author.name,
    category: category?.name ?? '',
    tags: tags.join(', '),
  };
  if (keepDraft(post.id, { words, base: { ver: post.ver, words: base }, at: new Date().toISOString() }))
    navigate(`posts/${post.id}`);
  else alert('This browser has no room left to keep them. Copy them from here.');
}
