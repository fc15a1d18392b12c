import { diffArrays } from 'diff';
import type { Words } from './post.ts';

export interface Merged {
  words: Words;
  /** What both changed differently, in words for the author. */
  clashes: readonly string[];
}

/**
 * Both changes on one text. Where both changed the same lines, theirs stand first and mine follow; of a field, mine
 * stays and theirs is named.
 */
export function merge(base: Words, mine: Words, theirs: Words): Merged {
  const text = mergeLines(base.source, mine.source, theirs.source);
  const clashes = text.clashes > 0 ? [`${text.clashes} ${text.clashes === 1 ? 'place' : 'places'} in the text`] : [];
  const words: Words = { ...theirs, source: text.text };
  for (const [field, name] of Object.entries(NAMES) as [keyof typeof NAMES, string][]) {
    if (mine[field] === base[field]) continue;
    Object.assign(words, { [field]: mine[field] });
    const isClash = theirs[field] !== base[field] && theirs[field] !== mine[field];
    if (isClash) clashes.push(`${name}, which became “${theirs[field]}” meanwhile`);
  }
  return { words, clashes };
}

const NAMES = {
  title: 'the title',
  slug: 'the address',
  author: 'the author',
  category: 'the category',
  tags: 'the tags',
  excerpt: 'the excerpt',
  closed: 'whether comments are open',
} as const;

/** Three-way, by lines. */
export function mergeLines(base: string, mine: string, theirs: string): { text: string; clashes: number } {
  const lines = base.split('\n');
  const merged: string[] = [];
  let clashes = 0;
  let at = 0;
  for (const { from, to, hunks } of regions(lines, mine.split('\n'), theirs.split('\n'))) {
    merged.push(...lines.slice(at, from));
    const [ours, others] = (['mine', 'theirs'] as const).map((side) => {
      const changes = hunks.filter((hunk) => hunk.side === side);
      return changes.length > 0 ? apply(lines, from, to, changes) : null;
    });
    if (ours && others && ours.join('\n') !== others.join('\n')) {
      clashes++;
      merged.push(...others, ...(others.at(-1) === '' || ours[0] === '' ? [] : ['']), ...ours);
    } else merged.push(...(ours ?? others ?? []));
    at = to;
  }
  merged.push(...lines.slice(at));
  return { text: merged.join('\n'), clashes };
}

/** Lines of the base from `from`, before `to`, that became `lines`. */
interface Hunk {
  from: number;
  to: number;
  lines: readonly string[];
  side: 'mine' | 'theirs';
}

interface Region {
  from: number;
  to: number;
  hunks: Hunk[];
}

/** Changes that overlap, or put something in at the same line, are of one region. */
function regions(base: string[], mine: string[], theirs: string[]): Region[] {
  const all = [...hunksOf(base, mine, 'mine'), ...hunksOf(base, theirs, 'theirs')];
  const found: Region[] = [];
  for (const hunk of all.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = found.at(-1);
    const isTogether = last && (hunk.from < last.to || (hunk.from === last.from && hunk.to === last.to));
    if (isTogether) {
      last.to = Math.max(last.to, hunk.to);
      last.hunks.push(hunk);
    } else found.push({ from: hunk.from, to: hunk.to, hunks: [hunk] });
  }
  return found;
}

function hunksOf(base: string[], changed: string[], side: Hunk['side']): Hunk[] {
  const hunks: Hunk[] = [];
  let at = 0;
  let open: Hunk | null = null;
  for (const { value, added, removed } of diffArrays(base, changed)) {
    if (!added && !removed) {
      open = null;
      at += value.length;
      continue;
    }
    if (!open) {
      open = { from: at, to: at, lines: [], side };
      hunks.push(open);
    }
    if (added) open.lines = [...open.lines, ...value];
    else {
      at += value.length;
      open.to = at;
    }
  }
  return hunks;
}

function apply(base: readonly string[], from: number, to: number, hunks: readonly Hunk[]): string[] {
  const lines: string[] = [];
  let at = from;
  for (const hunk of hunks) {
    lines.push(...base.slice(at, hunk.from), ...hunk.lines);
    at = hunk.to;
  }
  return [...lines, ...base.slice(at, to)];
}
