import { formatRef, parseRef } from '../domain/thread.ts';

/** Key builders, and parseKey, which reads them back. No key is spelled out anywhere else. */

export interface Key {
  pk: string;
  sk: string;
}

const digits = (n: number, width: number) => String(n).padStart(width, '0');

export const metaKey = (post: string): Key => ({ pk: `POST#${post}`, sk: 'META' });
export const postPk = (post: string) => `POST#${post}`;
export const BODY_PREFIX = 'BODY#';
export const bodyKey = (post: string, rev: number): Key => ({
  pk: postPk(post),
  sk: `${BODY_PREFIX}${digits(rev, 6)}`,
});
/** What a revision's Markdown became. */
export const HTML_PREFIX = 'HTML#';
export const htmlKey = (post: string, rev: number): Key => ({
  pk: postPk(post),
  sk: `${HTML_PREFIX}${digits(rev, 6)}`,
});
export const headKey = (post: string): Key => ({ pk: `POST#${post}`, sk: 'HEAD' });
export const counterKey = (post: string, level: number, node: number): Key => ({
  pk: `POST#${post}`,
  sk: `R#${level}#${node}`,
});
export const slugKey = (slug: string): Key => ({ pk: `SLUG#${slug}`, sk: 'SLUG' });

export const segmentPk = (post: string, segment: string) => `SEG#${post}#${segment}`;
export const ctlKey = (post: string, segment: string): Key => ({ pk: segmentPk(post, segment), sk: 'CTL' });
export const SEAT_PREFIX = 'C#';
/** `ref` is the public reference, `42-7` or `t17-5`. */
export const seatKey = (post: string, ref: string): Key => {
  const { segment, n } = parseRef(ref);
  return { pk: segmentPk(post, segment), sk: `${SEAT_PREFIX}${digits(n, 3)}` };
};

export const waitKey = (id: string): Key => ({ pk: `COMMENT#${id}`, sk: 'WAIT' });
export const bindKey = (id: string): Key => ({ pk: `COMMENT#${id}`, sk: 'BIND' });

export const authorKey = (slug: string): Key => ({ pk: `AUTHOR#${slug}`, sk: 'AUTHOR' });
export const termKey = (slug: string): Key => ({ pk: `TERM#${slug}`, sk: 'TERM' });

export const listPk = (list: string) => `LIST#${list}`;
export const listHeadKey = (list: string): Key => ({ pk: listPk(list), sk: 'HEAD' });
export const listEntryKey = (list: string, n: number): Key => ({ pk: listPk(list), sk: `E#${digits(n, 9)}` });

/** `address` is the HMAC of an e-mail address. */
export const addressKey = (address: string): Key => ({ pk: `EMAIL#${address}`, sk: 'EMAIL' });
/** `reader` is the hash of a browser's token. */
export const READER_PREFIX = 'READER#';
export const readerKey = (person: string, reader: string): Key => ({
  pk: `PERSON#${person}`,
  sk: `${READER_PREFIX}${reader}`,
});

/** What moderators noted about a person, and whether they are blocked. */
export const personKey = (person: string): Key => ({ pk: `PERSON#${person}`, sk: 'PERSON' });

/** A signed-in account: the author it writes as. */
export const accountKey = (account: string): Key => ({ pk: `ACCOUNT#${account}`, sk: 'ACCOUNT' });

/** Readers' reports of one comment, and one reader's. */
export const reportsKey = (post: string, ref: string): Key => ({ pk: `REPORT#${post}#${ref}`, sk: 'REPORTS' });
export const reportKey = (post: string, ref: string, reader: string): Key => ({
  pk: `REPORT#${post}#${ref}`,
  sk: `READER#${reader}`,
});

/** Readers' thanks for one comment, and one reader's. */
export const thanksKey = (post: string, ref: string): Key => ({ pk: `REPORT#${post}#${ref}`, sk: 'THANKS' });
export const thankKey = (post: string, ref: string, reader: string): Key => ({
  pk: `REPORT#${post}#${ref}`,
  sk: `THANK#${reader}`,
});

/** A quota's bucket: `scope` is what it counts, `whose` an article or the hash of where somebody writes from. */
export const bucketKey = (scope: string, whose: string): Key => ({ pk: `RL#${scope}#${whose}`, sk: 'RL' });
/** A picture of an article. */
export const imageKey = (id: string): Key => ({ pk: `IMAGE#${id}`, sk: 'IMAGE' });

/** Where a person's mail goes, if they asked for any, and the comments they asked about. */
export const mailboxKey = (person: string): Key => ({ pk: `PERSON#${person}`, sk: 'MAILBOX' });
export const SUBSCRIPTION_PREFIX = 'SUB#';
export const personPk = (person: string) => `PERSON#${person}`;
export const subscriptionKey = (person: string, comment: string): Key => ({
  pk: personPk(person),
  sk: `${SUBSCRIPTION_PREFIX}${comment}`,
});

/** Mails of one day to an address, by its HMAC; and an address that takes none any more. */
export const sentKey = (address: string, day: string): Key => ({ pk: `EMAIL#${address}`, sk: `SENT#${day}` });
export const suppressedKey = (address: string): Key => ({ pk: `EMAIL#${address}`, sk: 'SUPPRESSED' });

export const outboxKey = (mail: string): Key => ({ pk: `OUTBOX#${mail}`, sk: 'MAIL' });

/** By the hash of the token that was mailed, or that a browser holds. */
export const linkKey = (token: string): Key => ({ pk: `LINK#${token}`, sk: 'LINK' });
export const sessionKey = (token: string): Key => ({ pk: `SESSION#${token}`, sk: 'SESSION' });
/** A proof of work that was handed in; `nonce` is its challenge. */
export const proofKey = (nonce: string): Key => ({ pk: `POW#${nonce}`, sk: 'POW' });

/** The rules as moderators left them. */
export const rulesKey = (): Key => ({ pk: 'RULES', sk: 'RULES' });

/** The site's name, card and menus as an author left them. */
export const siteKey = (): Key => ({ pk: 'SITE', sk: 'SITE' });

/** Whose name looks like this. */
export const lookKey = (look: string): Key => ({ pk: `LOOK#${look}`, sk: 'LOOK' });

/** All pages of a conversation, all that show an author's card, or all of a category. */
export interface Sweep {
  of: 'post' | 'author' | 'category';
  id: string;
}

/** How far the pages of a post, an author or a category have been made anew. */
export const sweepKey = ({ of, id }: Sweep): Key => ({ pk: `SWEEP#${of}#${id}`, sk: 'SWEEP' });

/** How far a recurring job has come. */
export const jobKey = (job: string): Key => ({ pk: `JOB#${job}`, sk: 'JOB' });

export type ParsedKey =
  | { kind: 'meta' | 'head'; post: string }
  | { kind: 'body' | 'html'; post: string; rev: number }
  | { kind: 'counter'; post: string; level: number; node: number }
  | { kind: 'ctl'; post: string; segment: string }
  | { kind: 'seat'; post: string; segment: string; ref: string }
  | { kind: 'wait' | 'bind'; id: string }
  | { kind: 'author' | 'term' | 'slug'; slug: string }
  | { kind: 'listHead'; list: string }
  | { kind: 'listEntry'; list: string; n: number }
  | { kind: 'address'; address: string }
  | { kind: 'reader'; person: string; reader: string }
  | { kind: 'person'; person: string }
  | { kind: 'account'; account: string }
  | { kind: 'reports' | 'thanks'; post: string; ref: string }
  | { kind: 'report' | 'thank'; post: string; ref: string; reader: string }
  | { kind: 'bucket'; scope: string; whose: string }
  | { kind: 'image'; id: string }
  | { kind: 'mailbox'; person: string }
  | { kind: 'subscription'; person: string; comment: string }
  | { kind: 'sent'; address: string; day: string }
  | { kind: 'suppressed'; address: string }
  | { kind: 'outbox'; mail: string }
  | { kind: 'link' | 'session'; token: string }
  | { kind: 'proof'; nonce: string }
  | { kind: 'rules' | 'site' }
  | { kind: 'look'; look: string }
  | ({ kind: 'sweep' } & Sweep)
  | { kind: 'job'; job: string };

/** What a key names. Throws an Error for a key that no builder makes. */
export function parseKey({ pk, sk }: Key): ParsedKey {
  const [type = '', id = '', segment = ''] = pk.split('#');
  const [part = '', a = '', b = ''] = sk.split('#');
  switch (`${type} ${part}`) {
    case 'POST META':
      return { kind: 'meta', post: id };
    case 'POST HEAD':
      return { kind: 'head', post: id };
    case 'POST BODY':
      return { kind: 'body', post: id, rev: Number(a) };
    case 'POST HTML':
      return { kind: 'html', post: id, rev: Number(a) };
    case 'POST R':
      return { kind: 'counter', post: id, level: Number(a), node: Number(b) };
    case 'SEG CTL':
      return { kind: 'ctl', post: id, segment };
    case 'SEG C':
      return { kind: 'seat', post: id, segment, ref: formatRef(segment, Number(a)) };
    case 'COMMENT WAIT':
      return { kind: 'wait', id };
    case 'COMMENT BIND':
      return { kind: 'bind', id };
    case 'AUTHOR AUTHOR':
      return { kind: 'author', slug: id };
    case 'TERM TERM':
      return { kind: 'term', slug: id };
    case 'SLUG SLUG':
      return { kind: 'slug', slug: id };
    case 'LIST HEAD':
      return { kind: 'listHead', list: id };
    case 'LIST E':
      return { kind: 'listEntry', list: id, n: Number(a) };
    case 'EMAIL EMAIL':
      return { kind: 'address', address: id };
    case 'PERSON READER':
      return { kind: 'reader', person: id, reader: a };
    case 'PERSON PERSON':
      return { kind: 'person', person: id };
    case 'ACCOUNT ACCOUNT':
      return { kind: 'account', account: id };
    case 'REPORT REPORTS':
      return { kind: 'reports', post: id, ref: segment };
    case 'REPORT READER':
      return { kind: 'report', post: id, ref: segment, reader: a };
    case 'REPORT THANKS':
      return { kind: 'thanks', post: id, ref: segment };
    case 'REPORT THANK':
      return { kind: 'thank', post: id, ref: segment, reader: a };
    case 'RL RL':
      return { kind: 'bucket', scope: id, whose: segment };
    case 'IMAGE IMAGE':
      return { kind: 'image', id };
    case 'PERSON MAILBOX':
      return { kind: 'mailbox', person: id };
    case 'PERSON SUB':
      return { kind: 'subscription', person: id, comment: a };
    case 'EMAIL SENT':
      return { kind: 'sent', address: id, day: a };
    case 'EMAIL SUPPRESSED':
      return { kind: 'suppressed', address: id };
    case 'OUTBOX MAIL':
      return { kind: 'outbox', mail: id };
    case 'LINK LINK':
      return { kind: 'link', token: id };
    case 'SESSION SESSION':
      return { kind: 'session', token: id };
    case 'POW POW':
      return { kind: 'proof', nonce: id };
    case 'RULES RULES':
      return { kind: 'rules' };
    case 'SITE SITE':
      return { kind: 'site' };
    case 'LOOK LOOK':
      return { kind: 'look', look: id };
    case 'SWEEP SWEEP':
      return { kind: 'sweep', of: id as Sweep['of'], id: segment };
    case 'JOB JOB':
      return { kind: 'job', job: id };
  }
  throw new Error(`no key builder makes ${pk} ${sk}`);
}
