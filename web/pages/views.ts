import type { SafeHtml } from '../../functions/domain/sanitize.ts';
import type { Site } from '../../functions/domain/settings.ts';

/** What each page shows, and nothing else: the publisher and the handlers build these from the table. */

export interface AuthorView {
  name: string;
  slug: string;
  /** Plain text, may be empty. */
  bio: string;
  links: readonly { label: string; href: string }[];
}

export interface TermView {
  name: string;
  slug: string;
}

export interface PostHead {
  title: string;
  slug: string;
  /** ISO 8601 UTC. */
  date: string;
  /** ISO 8601 UTC; null if never revised after it was published. */
  updated: string | null;
  author: { name: string; slug: string };
  category: TermView | null;
  tags: readonly string[];
  excerpt: string;
  closed: boolean;
  /** Whole years between the post's date and the day the page was made; 0 below one year. */
  years: number;
}

export interface CommentView {
  /** Public reference, `42-7` or `t17-5`; the element's id is `comment-<ref>`. */
  ref: string;
  /** Its permalink: `/<slug>/comments/<s>/#comment-<ref>`. */
  url: string;
  /** `hue` is 0-5, from a keyed hash of the person; `host` marks an author of the site. */
  author: { name: string; url: string | null; host: boolean; hue: number };
  at: string;
  /** null: removed, a tombstone stands in its place. */
  html: SafeHtml | null;
  /** Who changed the words, if anybody did. */
  edited: 'writer' | 'moderator' | null;
  /** Too long for the post page: shown there as a link to `url`; `html` is then null. */
  long: boolean;
  /** Set where nesting alone does not show what this answers. `name` is null when the parent is on another page. */
  answers: { url: string; name: string | null } | null;
  /** Where the replies to this root go on, once they overflow: a page's address. */
  continues: string | null;
}

export interface ThreadView {
  comment: CommentView;
  replies: readonly ThreadView[];
}

interface PageView {
  site: Site;
  /** The state this page was made from; stands in the body so that no two states ever have the same bytes. */
  stamp: string;
}

export interface PostView extends PageView {
  /** A page has no byline, no date and no card: it is the site that speaks. */
  kind: 'post' | 'page';
  post: Omit<PostHead, 'author'> & { author: AuthorView; html: SafeHtml };
  /** Put at the top of the conversation by a moderator. */
  pins: readonly CommentView[];
  /** Approved comments of the whole post. */
  total: number;
  /** Newest root first; replies oldest first. */
  threads: readonly ThreadView[];
  /** Where the conversation before these threads is read; null when all of it is here. */
  earlier: string | null;
}

export interface SegmentView extends PageView {
  /** The page's own address, `/<slug>/comments/42/`. */
  path: string;
  post: { title: string; slug: string; closed: boolean };
  /** Oldest first. */
  threads: readonly ThreadView[];
  prev: string | null;
  next: string | null;
  /** On an overflow page: the permalink of the root whose replies go on here. */
  root: string | null;
}

export interface ListView extends PageView {
  kind: 'home' | 'archive' | 'category' | 'author';
  /** The page's own address, `/page/3/`. */
  path: string;
  /** The category's or author's name; for the archive `Page 3`; empty for home. */
  title: string;
  author: AuthorView | null;
  /** Newest first. */
  posts: readonly PostHead[];
  older: string | null;
  newer: string | null;
}

export type NotFoundView = PageView;

export interface MovedView {
  stamp: string;
  /** The new address, from the root of the site. */
  to: string;
}

export interface FormView {
  slug: string;
  /** The public reference of the comment this answers. */
  parent: string | null;
  values: { name: string; email: string; url: string; body: string; notify?: boolean };
  /** A message beside each field that was refused. */
  errors: Readonly<Partial<Record<'name' | 'email' | 'url' | 'body' | 'parent', string>>>;
}

export interface ReplyView {
  site: Site;
  post: { title: string; slug: string; closed: boolean };
  parent: { name: string; html: SafeHtml; url: string };
  form: FormView;
}

export interface ReportView {
  site: Site;
  post: { title: string; slug: string };
  /** null: something was sent, and a word about it stands in place of the form. */
  comment: { ref: string; name: string; html: SafeHtml; url: string } | null;
  sent: 'thanks' | 'report' | null;
}

/** A form for other words. */
export interface WordsView {
  action: string;
  body: string;
  error?: string | undefined;
}

export interface ErasedView {
  site: Site;
}

export interface ReceiptView {
  site: Site;
  post: { title: string; slug: string };
  comment: {
    author: CommentView['author'];
    at: string;
    html: SafeHtml;
    status: 'pending' | 'approved' | 'spam' | 'rejected' | 'removed';
    /** The rule that held it, `first-time` for example; null when approved. */
    reason: string | null;
    /** What the sanitizer took away: `script`, `img`, `a[onclick]` … */
    removed: readonly string[];
    /** Its permalink, once it has a seat. */
    url: string | null;
    /** How many readers thanked for it. */
    thanks: number;
  };
  /** While the words may be changed: until when, ISO 8601 UTC or `for ever`. */
  words: (WordsView & { until: string }) | null;
  /** Where a form erases it; null once it is. */
  erasure: string | null;
  /** Where all that is stored is had as a file. */
  data: string;
  kept: readonly { what: string; until: string }[];
}

/** Shown after sending again what somebody already sent: no text, no state, no controls. */
export interface ReceivedView {
  site: Site;
}

export interface ProblemView {
  site: Site;
  status: number;
  title: string;
  detail: string;
  /** With what was typed, so that nothing is lost; null where the request was not a comment. */
  form: { post: { title: string; slug: string } | null; fields: FormView } | null;
  /** With other words for a comment that is there. */
  words: WordsView | null;
}

export interface FeedView {
  site: Site;
  /** Empty for one that is made on request. */
  stamp: string;
  title: string;
  /** The page it follows. */
  path: string;
  /** Its own address without the ending. */
  self: string;
  /** When something in it changed last, ISO 8601. */
  updated: string;
  /** Newest first. */
  entries: readonly FeedEntry[];
}

export interface FeedEntry {
  /** Names it for ever. */
  id: string;
  url: string;
  title: string;
  author: { name: string; url: string | null };
  html: SafeHtml;
  published: string;
  updated: string;
}
