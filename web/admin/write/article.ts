import { batch, computed, signal } from '@preact/signals';
import { announce } from '../announce.ts';
import { api } from '../api.ts';
import { Problem, sayProblem, Unreachable } from '../problem.ts';
import { readdress } from '../router.ts';
import { type Draft, dropDraft, isNew, keepDraft, newDraftId, readDraft } from './drafts.ts';
import { type Merged, merge } from './merge.ts';
import { bodyOf, isSame, noWords, type Post, type Words, wordsOf } from './post.ts';

export type Article = ReturnType<typeof openArticle>;

/**
 * One article while it is written: the words on the screen, the version they began from, and what is known of newer
 * ones. Words are kept in this browser as they are typed; only `save` and what follows it tell the server.
 */
export function openArticle(given: string, start: { post: Post | null; words: Words; draft: Draft | null }) {
  let id = given;
  const words = signal(start.draft?.words ?? start.words);
  /** As it was when these words began from it. */
  const base = signal(start.draft?.base ?? { ver: start.post?.ver ?? 0, words: start.words });
  /** The newest version that is known. */
  const post = signal(start.post);
  const problem = signal<Problem | null>(null);
  /** What went wrong, in words for a person. */
  const trouble = signal('');
  const busy = signal(false);
  /** When the words were last kept in this browser; null: it has no room. */
  const kept = signal<string | null>(start.draft?.at ?? '');
  let sending: Words | null = null;
  /** Sent, and it is not known whether they arrived. */
  let unanswered: Words | null = null;

  const isDirty = computed(() => !isSame(words.value, base.value.words));
  /** Somebody saved another version since these words began. */
  const newer = computed(() => (post.value && post.value.ver !== base.value.ver ? post.value : null));

  function change(patch: Partial<Words>): void {
    words.value = { ...words.value, ...patch };
    keep();
  }

  /** Written at once: typing is slower than this, and a tab may close at any time. */
  function keep(): void {
    if (!isDirty.value) {
      dropDraft(id);
      kept.value = '';
      return;
    }
    const at = new Date().toISOString();
    kept.value = keepDraft(id, { words: words.value, base: base.value, at }) ? at : null;
  }

  /** Words and their base from a version of the server; what was typed since it was sent stays. */
  function settle(saved: Post, sent: Words): void {
    const settled = wordsOf(saved);
    unanswered = null;
    batch(() => {
      post.value = saved;
      base.value = { ver: saved.ver, words: settled };
      // The server tidies what it takes: names are trimmed, a new article gets its address.
      words.value = tidied(words.value, sent, settled);
    });
    keep();
  }

  /** True when the server did it. What was wrong is in `problem` and `trouble`, unless nobody asked. */
  async function attempt(run: () => Promise<void>, { quiet = false } = {}): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    try {
      await unlessOnlyVersionsDiffer(run);
      batch(() => {
        problem.value = null;
        trouble.value = '';
      });
      return true;
    } catch (error) {
      if (error instanceof Unreachable) unanswered = sending;
      if (quiet && !newer.value) return false;
      problem.value = error instanceof Problem ? error : null;
      trouble.value = sayProblem(error);
      return false;
    } finally {
      busy.value = false;
    }
  }

  /** A version may be newer and say the same: a comment was pinned. Then it is tried on top of that one. */
  async function unlessOnlyVersionsDiffer(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'post.conflict') throw error;
      await look().catch(() => undefined);
      if (newer.value) throw error;
      await run();
    }
  }

  async function store(autosave = false): Promise<void> {
    const sent = words.value;
    if (!post.value) return create(sent);
    sending = sent;
    let current = { ...base.value };
    let saved = post.value;
    if (sent.slug !== current.words.slug) {
      saved = await api.put<Post>(`/posts/${id}/slug`, { slug: sent.slug, ver: current.ver });
      current = { ver: saved.ver, words: { ...current.words, slug: saved.slug } };
      base.value = current;
      post.value = saved;
    }
    if (!isSame(sent, current.words, ['slug'])) {
      saved = await api.put<Post>(`/posts/${id}`, {
        ...bodyOf(sent),
        closed: sent.closed,
        ver: current.ver,
        ...(autosave ? { autosave } : {}),
      });
    }
    settle(saved, sent);
  }

  async function create(sent: Words): Promise<void> {
    sending = sent;
    try {
      const body = { ...bodyOf(sent), ...(sent.slug ? { slug: sent.slug } : {}) };
      become(await api.post<Post>('/posts', body), sent);
    } catch (error) {
      const arrived = unanswered;
      const there = await mineAfterAll(error);
      if (!there || !arrived) throw error;
      become(there, arrived);
      if (isDirty.value) await store();
    }
  }

  function become(saved: Post, sent: Words): void {
    dropDraft(id);
    id = saved.id;
    readdress(`posts/${id}`);
    settle(saved, sent);
  }

  /** Its address is taken by itself: it was saved before, and only the answer was lost. */
  async function mineAfterAll(error: unknown): Promise<Post | null> {
    if (!(error instanceof Problem) || error.code !== 'slug.taken' || !unanswered) return null;
    const wanted = new URLSearchParams({ wanted: unanswered.slug || unanswered.title });
    const { slug } = await api.get<{ slug: string }>(`/slugs?${wanted}`);
    const there = await api.get<Post>(`/posts/${slug}`);
    return isSame(wordsOf(there), unanswered, ['slug']) ? there : null;
  }

  /** Asks whether somebody saved another version. With nothing unsaved here, theirs is taken. */
  async function look(): Promise<void> {
    if (isNew(id)) return;
    const current = await api.get<Post>(`/posts/${id}`);
    if (current.ver === post.value?.ver) return;
    if (unanswered && isSame(wordsOf(current), unanswered)) return settle(current, unanswered);
    if (isSame(wordsOf(current), base.value.words)) {
      batch(() => {
        post.value = current;
        base.value = { ...base.value, ver: current.ver };
      });
      keep();
    } else if (isDirty.value) {
      post.value = current;
      announce('Somebody else saved a newer version. Your words are still here.');
    } else {
      settle(current, words.value);
      announce('Somebody else saved a newer version, which is shown now.');
    }
  }

  /** Theirs becomes what these words began from; how the two come together is said by `change`. */
  function rebase(words_: Words): void {
    if (!newer.value) return;
    const theirs = newer.value;
    batch(() => {
      base.value = { ver: theirs.ver, words: wordsOf(theirs) };
      words.value = words_;
      problem.value = null;
      trouble.value = '';
    });
    keep();
  }

  return {
    words,
    base,
    post,
    problem,
    trouble,
    busy,
    kept,
    isDirty,
    newer,
    change,
    keep,
    look,
    get id() {
      return id;
    },
    save: () => attempt(() => store()),
    /** A draft's words to the server without being asked; a refusal can wait until somebody asks. */
    autosave: async () => {
      const { title, author, source } = words.value;
      const isWhole = [title, author, source].every((text) => text.trim() !== '');
      const isDraft = post.value?.status === 'draft';
      if (isDraft && isDirty.value && isWhole && !newer.value) await attempt(() => store(true), { quiet: true });
    },
    /** At once, or at `date`; what is not saved is saved first. */
    publish: (date: string | null) =>
      attempt(async () => {
        if (isDirty.value || !post.value) await store();
        // Without a date, what is scheduled keeps the one it has.
        const isSooner = !date && post.value?.status === 'scheduled';
        const when = isSooner ? new Date().toISOString() : date;
        const body = { ver: base.value.ver, ...(when ? { date: when } : {}) };
        settle(await api.put<Post>(`/posts/${id}/publication`, body), words.value);
      }),
    withdraw: () => attempt(async () => settle(await api.delete<Post>(`/posts/${id}/publication`), words.value)),
    /** Null without a newer version. */
    together: (): Merged | null => newer.value && merge(base.value.words, words.value, wordsOf(newer.value)),
    rebase,
    /** Their version here; mine becomes a draft of its own, whose id this gives. */
    takeTheirs(): string {
      const mine = newDraftId();
      const copy = { ...words.value, slug: '', title: `${words.value.title} (my version)` };
      const isKept = keepDraft(mine, { words: copy, base: { ver: 0, words: noWords() }, at: new Date().toISOString() });
      if (!isKept) throw new Error('this browser has no room for a copy');
      if (newer.value) rebase(wordsOf(newer.value));
      return mine;
    },
  };
}

function tidied(now: Words, sent: Words, settled: Words): Words {
  const next: Words = { ...settled };
  for (const field of Object.keys(sent) as (keyof Words)[]) {
    if (now[field] !== sent[field]) Object.assign(next, { [field]: now[field] });
  }
  return next;
}

/** The article of this address, with what this browser kept of it. Throws what the API refuses. */
export async function loadArticle(id: string, newWords: () => Promise<Words>): Promise<Article> {
  const draft = readDraft(id);
  if (isNew(id)) return openArticle(id, { post: null, words: await newWords(), draft });
  const post = await api.get<Post>(`/posts/${id}`);
  return openArticle(id, { post, words: wordsOf(post), draft });
}
