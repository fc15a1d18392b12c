/** The rel of every link a commenter gives. */
export const LINK_REL = 'nofollow ugc noopener';

export const LINK_SCHEMES = /^(?:https?:\/\/|mailto:)/i;
export const WEB_SCHEMES = /^https?:\/\//i;

export type Piece = { readonly text: string; readonly href?: string };

/** The address as a browser would write it (punycode, percent-encoded), or undefined where it is refused: another scheme, a relative one, a user name in it. */
export function address(value: string, schemes: RegExp): string | undefined {
  const text = value.trim();
  const url = schemes.test(text) ? URL.parse(text) : null;
  if (!url || url.username || url.password) return undefined;
  return url.href.replace(/[\s"<>`]/g, encodeURIComponent);
}

/** Splits a text at its bare links. The pieces' texts, joined, are the text. */
export function findLinks(text: string): readonly Piece[] {
  if (!text.includes('://')) return [{ text }];

  const pieces: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(BARE_LINK)) {
    const link = withoutTail(match[0]);
    const href = address(link, WEB_SCHEMES);
    if (href === undefined) continue;
    if (match.index > done) pieces.push({ text: text.slice(done, match.index) });
    pieces.push({ text: link, href });
    done = match.index + link.length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done) });
  return pieces;
}

/**
 * Up to a space, a quotation mark or a bracket that cannot stand in an address. Neither a mark nor a format character may end
 * it: what follows a link is a text of its own, and a text that begins with a mark would lose it when read again.
 */
const BARE_LINK =
  /\bhttps?:\/\/[^ \t\n\v\f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000<>"“”„«»‹›`、。，；：！？（）「」『』【】《》]+/gi;

/** Without the punctuation of the sentence around it, and without a closing bracket that was opened outside. */
function withoutTail(link: string): string {
  let surplus: Map<string, number> | undefined;
  let end = link.length;
  for (; end > 0; end -= 1) {
    const last = link.charAt(end - 1);
    if (CLOSERS.has(last)) {
      surplus ??= countSurplus(link);
      const extra = surplus.get(last) ?? 0;
      if (extra <= 0) break;
      surplus.set(last, extra - 1);
    } else if (!".,:;!?'*…".includes(last)) break;
  }
  return link.slice(0, end);
}

const CLOSERS: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);

/** How many more closing brackets of each kind than opening ones. */
function countSurplus(link: string): Map<string, number> {
  const surplus = new Map<string, number>();
  for (const [closer, opener] of CLOSERS) {
    surplus.set(closer, link.split(closer).length - link.split(opener).length);
  }
  return surplus;
}
