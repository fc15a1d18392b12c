import { batch, computed, signal } from '@preact/signals';
import { announce } from '../announce.ts';
import { api } from '../api.ts';
import { sayProblem } from '../problem.ts';
import type { Held, HeldInFull, HeldList, Status } from './held.ts';
import { type Entry, give, type Seen, takeBack } from './outbox.ts';
import { type Verdict, verdictsOn } from './verdicts.ts';

export interface Row {
  comment: Held;
  /** Why the last thing that was tried with it failed. */
  trouble: string | null;
  /** Where it stands in its list, wherever it was meanwhile. */
  place: number;
}

interface Done {
  verdict: Verdict;
  given: readonly { row: Row; entry: Entry; from: Status }[];
}

export interface DeskOptions {
  /** The address of a page of the list. */
  path: (cursor: string | null) => string;
  /** Whether a comment of this status still belongs in the list. */
  keeps: (status: Status) => boolean;
}

/** Below so many, more are fetched, so that whoever clears a queue never waits for it. */
const FEW = 12;

export type Desk = ReturnType<typeof openDesk>;

/** A list of comments that a moderator decides about: what is shown, selected, decided, and can be undone. */
export function openDesk({ path, keeps }: DeskOptions) {
  const rows = signal<readonly Row[]>([]);
  const next = signal<string | null>(null);
  const back = signal<string | null>(null);
  const state = signal<'loading' | 'ready' | 'failed'>('loading');
  const failure = signal('');
  const selected = signal<ReadonlySet<string>>(new Set());
  const current = signal<string | null>(null);
  /** The comment that the focus goes to next; '' for none that is left. */
  const wanted = signal<string | null>(null);
  const history = signal<readonly Done[]>([]);
  /** What was done last, and where it can be seen. */
  const said = signal<{ words: string; url: string | null } | null>(null);
  /** How many were taken out of the list here, less those that came back. */
  const gone = signal(0);
  const seen = new Map<string, Seen>();
  let places = 0;
  let generation = 0;

  const isSelected = (id: string) => selected.value.has(id);
  const rowOf = (id: string | null) => rows.value.find(({ comment }) => comment.id === id);

  async function load(cursor: string | null): Promise<void> {
    const mine = ++generation;
    state.value = 'loading';
    try {
      const page = await api.get<HeldList>(path(cursor));
      if (mine !== generation) return;
      batch(() => {
        const known = new Set(rows.value.map(({ comment }) => comment.id));
        const fresh = page.comments.filter(({ id }) => !known.has(id)).map(rowFor);
        rows.value = [...rows.value, ...fresh];
        next.value = page.next;
        back.value = page.back;
        state.value = 'ready';
      });
    } catch (error) {
      if (mine !== generation) return;
      failure.value = sayProblem(error);
      state.value = 'failed';
    }
  }

  function rowFor(comment: Held): Row {
    seen.set(comment.id, { id: comment.id, status: comment.status, ver: comment.ver });
    places += 1;
    return { comment, trouble: null, place: places };
  }

  const more = () => load(next.value);

  /** From the top, as it is now. */
  function refresh(): Promise<void> {
    batch(() => {
      rows.value = [];
      selected.value = new Set();
      gone.value = 0;
    });
    return load(null);
  }

  /** A comment of any list: those that are in this one leave it at once, and come back with a reason if it fails. */
  function decide(comments: readonly Held[], verdict: Verdict): void {
    const able = comments.filter((comment) => isAble(comment, verdict));
    if (able.length === 0) return;
    const given = able.map((comment) => {
      const row = rowOf(comment.id) ?? rowFor(comment);
      return { row, from: comment.status, entry: entryFor(row, verdict.to) };
    });
    const ids = new Set(able.map(({ id }) => id));
    batch(() => {
      moveFocus(ids);
      for (const { row } of given) become(row, verdict.to);
      selected.value = new Set([...selected.value].filter((id) => !ids.has(id)));
      const undoable = given.filter(({ from }) => !verdict.final && from !== verdict.to);
      if (undoable.length > 0) history.value = [...history.value, { verdict, given: undoable }];
      tell(able.length === 1 ? `${verdict.done}.` : `${verdict.done}: ${able.length} comments.`);
    });
    give(given.map(({ entry }) => entry));
    if (rows.value.length < FEW && next.value && state.value === 'ready') void more();
  }

  function entryFor(row: Row, to: Status): Entry {
    const { id } = row.comment;
    return {
      seen: seen.get(id) ?? { id, status: row.comment.status, ver: row.comment.ver },
      to,
      refuse: (reason, code) => void comeBack(row, reason, code),
      done: () => update(id, ({ comment, ...rest }) => ({ ...rest, comment: { ...comment, ...seen.get(id) } })),
    };
  }

  /** Shown as what it should become, or not at all. */
  function become(row: Row, status: Status): void {
    const before = rows.value;
    const others = before.filter(({ comment }) => comment.id !== row.comment.id);
    const there = keeps(status)
      ? [...others, { ...row, trouble: null, comment: { ...row.comment, status, reports: null } }]
      : others;
    rows.value = there.toSorted((a, b) => a.place - b.place);
    gone.value += before.length - there.length;
  }

  async function comeBack(row: Row, reason: string, code: string): Promise<void> {
    const { id } = row.comment;
    const known = seen.get(id);
    batch(() => {
      put({ ...row, trouble: reason });
      history.value = history.value
        .map((one) => ({ ...one, given: one.given.filter(({ entry }) => entry.seen.id !== id) }))
        .filter(({ given }) => given.length > 0);
      tell(`${row.comment.author.name}: ${reason}`);
    });
    if (code !== 'comment.moved' && code !== 'comment.move') return;
    const now = await api.get<HeldInFull>(`/comments/${id}`).catch(() => null);
    if (!now || !known) return;
    Object.assign(known, { status: now.status, ver: now.ver });
    put({ ...row, comment: now, trouble: reason });
  }

  function put(row: Row): void {
    const others = rows.value.filter(({ comment }) => comment.id !== row.comment.id);
    gone.value -= others.length === rows.value.length ? 1 : 0;
    rows.value = [...others, row].toSorted((a, b) => a.place - b.place);
  }

  /** The last decision, as if it had not been: taken back where it was not sent yet, else by the opposite one. */
  function undo(): void {
    const last = history.value.at(-1);
    if (!last) return;
    batch(() => {
      history.value = history.value.slice(0, -1);
      for (const { row, entry, from } of last.given) {
        put({ ...row, trouble: null });
        if (!takeBack(entry)) give([entryFor(row, from)]);
      }
      current.value = last.given[0]?.row.comment.id ?? null;
      wanted.value = current.value;
      tell(`Undone: ${last.verdict.done.toLowerCase()}.`);
    });
  }

  /** Other words, a report answered, a conversation closed: what changed of a comment. */
  function update(id: string, change: (row: Row) => Row): void {
    rows.value = rows.value.map((row) => (row.comment.id === id ? change(row) : row));
  }

  function replace(comment: Held): void {
    const known = seen.get(comment.id);
    if (known) Object.assign(known, { status: comment.status, ver: comment.ver });
    update(comment.id, (row) => ({ ...row, comment, trouble: null }));
  }

  /** The focus goes to what follows the comment that leaves, else to what stands before it. */
  function moveFocus(leaving: ReadonlySet<string>): void {
    const at = rows.value.findIndex(({ comment }) => leaving.has(comment.id));
    const stays = ({ comment }: Row) => !leaving.has(comment.id);
    const to = rows.value.slice(at + 1).find(stays) ?? rows.value.slice(0, Math.max(at, 0)).findLast(stays);
    current.value = to?.comment.id ?? null;
    wanted.value = to?.comment.id ?? '';
  }

  function step(by: 1 | -1): void {
    const at = rows.value.findIndex(({ comment }) => comment.id === current.value);
    const to = at === -1 ? rows.value[0] : rows.value[at + by];
    if (!to) return;
    current.value = to.comment.id;
    wanted.value = to.comment.id;
    if (by === 1 && rows.value.length - at < FEW && next.value && state.value === 'ready') void more();
  }

  function toggle(id: string): void {
    const ids = new Set(selected.value);
    if (!ids.delete(id)) ids.add(id);
    selected.value = ids;
  }

  /** To the top of its article, or from there. */
  async function pin({ id, ref, pinned, post, author }: Held): Promise<void> {
    const path = `/posts/${post.id}/pins/${ref}`;
    try {
      await (pinned ? api.delete(path) : api.put(path, undefined));
      update(id, (row) => ({ ...row, trouble: null, comment: { ...row.comment, pinned: !pinned } }));
      tell(`What ${author.name} wrote is ${pinned ? 'no longer pinned' : 'pinned to the top of its article'}.`);
    } catch (error) {
      update(id, (row) => ({ ...row, trouble: sayProblem(error) }));
      announce(sayProblem(error));
    }
  }

  /** It was answered, and may not belong in the list any more. */
  function settle(id: string): void {
    const row = rowOf(id);
    if (!row || keeps(row.comment.status)) return;
    batch(() => {
      moveFocus(new Set([id]));
      become(row, row.comment.status);
    });
  }

  function tell(words: string, url: string | null = null): void {
    said.value = { words, url };
    announce(words);
  }

  return {
    rows,
    next,
    back,
    state,
    failure,
    selected,
    current,
    wanted,
    said,
    gone,
    canUndo: computed(() => history.value.length > 0),
    load,
    more,
    refresh,
    decide,
    undo,
    replace,
    settle,
    pin,
    step,
    toggle,
    tell,
    isSelected,
    selectAll: () => {
      selected.value = new Set(rows.value.map(({ comment }) => comment.id));
    },
    selectNone: () => {
      selected.value = new Set();
    },
    chosen: () => rows.value.filter(({ comment }) => isSelected(comment.id)).map(({ comment }) => comment),
    rowOf,
  };
}

const isAble = ({ status, reports }: Held, { to }: Verdict) =>
  verdictsOn(status, reports !== null).some((one) => one.to === to);
