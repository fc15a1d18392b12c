import type { Pace } from '../../../functions/domain/mail.ts';
import type { SafeHtml } from '../../../functions/domain/sanitize.ts';
import type { Site } from '../../../functions/domain/settings.ts';

/** A page that says one thing, with at most one button. */
export interface NoticeView {
  site: Site;
  title: string;
  says: readonly string[];
  button?: { label: string; action: string };
}

export interface DoorView {
  site: Site;
  mails: boolean;
  /** A link was asked for, whether or not there is anybody to have it. */
  asked: boolean;
}

export interface OwnComment {
  id: string;
  article: { title: string; slug: string } | null;
  name: string;
  created: string;
  status: 'pending' | 'approved' | 'spam' | 'rejected' | 'removed';
  reason: string | null;
  html: SafeHtml;
  url: string | null;
}

export interface Stored {
  /** Null: no address is stored. `confirmed`: mails come. */
  mail: { address: string; confirmed: string | null; pace: Pace; until: string; comments: readonly string[] } | null;
  /** In which the person is known. */
  browsers: number;
  comments: readonly OwnComment[];
}

export interface MeView extends Stored {
  site: Site;
  /** Those of the comments that mails come about, or will once that is confirmed. */
  follows: readonly OwnComment[];
  older: string | null;
  /** What was just done. */
  done: string | null;
}

export interface TakenView extends Stored {
  site: Site;
  at: string;
}
