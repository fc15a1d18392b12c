import type { Move, Status } from '../domain/moderation.ts';
import type { Fact } from '../domain/rules.ts';
import type { SafeHtml } from '../domain/sanitize.ts';

/** What was said and by whom, wherever it stands. */
export interface Said {
  id: string;
  post: string;
  /** The reference of what it answers, and of the root of that thread; null for a root. */
  to: string | null;
  root: string | null;
  author: { name: string; url: string | null; host: boolean; hue: number };
  person: string;
  html: SafeHtml;
  source: string;
  /** The sanitizing policy that made `html`. */
  policy: string;
  removed: string[];
  reason: string | null;
  /** What the rules went by, besides the words. Not there for what the rules never saw. */
  facts?: readonly Fact[];
  /** The service, not of this site, that was shown the comment for a second opinion. */
  shown?: string;
  created: string;
  /** Hash of the writing browser's token: the right to the receipt. */
  reader: string;
  /** Once somebody changed it: who and when; where that was no writer, the source as its writer left it. */
  edited?: { by: string; at: string; original?: string };
}

/** A comment on its seat: `at` is its public reference. Once removed it keeps its place, not its words. */
export interface CommentItem extends Said {
  at: string;
  status: Status;
  ver: number;
  moves: Move[];
}

/** A comment that waits, or was never let in. With `at` it is only a pointer to the seat. */
export interface WaitItem extends Said {
  at?: string;
  status: Status;
  ver: number;
  moves: Move[];
  /** Epoch seconds: what was never let in is gone then. */
  ttl?: number;
}

/** A comment wherever it stands; `at` is null until it has a seat. */
export type Found = Said & { at: string | null; status: Status; ver: number; moves: Move[]; ttl?: number };
