import * as v from 'valibot';

const MOST = 500;
const TOO_MANY = `may be ${MOST} entries`;
const entry = (name: string, max: number) =>
  v.pipe(
    v.string(`${name} must be text`),
    v.trim(),
    v.minLength(2, `${name} must have 2 characters or more`),
    v.maxLength(max, `${name} may have ${max} characters`),
  );

/** What moderators do not want here; an address is one typed, or the hash that is kept of it. */
export const blockListSchema = v.strictObject({
  words: v.optional(
    v.pipe(
      v.array(
        v.pipe(
          entry('a word', 80),
          v.check((word) => /[\p{L}\p{N}]/u.test(fold(word)), 'a word must have a letter or a digit'),
        ),
      ),
      v.maxLength(MOST, TOO_MANY),
    ),
    [],
  ),
  domains: v.optional(
    v.pipe(
      v.array(
        v.pipe(
          entry('a domain', 253),
          v.transform((text) => hostOf(`http://${text}`)),
          v.string('must be a domain like example.com'),
        ),
      ),
      v.maxLength(MOST, TOO_MANY),
    ),
    [],
  ),
  addresses: v.optional(v.pipe(v.array(entry('an address', 254)), v.maxLength(MOST, TOO_MANY)), []),
});

export type BlockList = v.InferOutput<typeof blockListSchema>;

/** Of a page's HTML and the writer's website. */
export interface Words {
  name: string;
  url: string | null;
  html: string;
}

/** NFKC, folded, without what cannot be seen: `Ｃａ\u00adSINO` is `casino`. */
export const fold = (text: string) =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '');

/** Whole words and phrases, in the name, the website or what is read of the comment; `casino*` also where a word goes on. */
export function hasWord(words: readonly string[], { name, url, html }: Words): boolean {
  if (words.length === 0) return false;
  const text = fold(`${name}\n${url ?? ''}\n${textOf(html)}`).replace(/\s+/g, ' ');
  return matcher(words).test(text);
}

/** A domain and all below it, in the website or in a link. */
export function hasDomain(domains: readonly string[], { url, html }: Words): boolean {
  if (domains.length === 0) return false;
  const links = Array.from(html.matchAll(/ (?:href|cite)="([^"]*)"/g), ([, href = '']) =>
    href.replaceAll('&amp;', '&'),
  );
  const hosts = [...links, ...(url ? [url] : [])].map(hostOf).filter((host) => host !== null);
  return hosts.some((host) => domains.some((domain) => host === domain || host.endsWith(`.${domain}`)));
}

let last: { words: readonly string[]; pattern: RegExp } | undefined;

function matcher(words: readonly string[]): RegExp {
  if (last?.words === words) return last.pattern;
  const alternatives = words.map((word) => {
    const open = word.endsWith('*');
    const escaped = quoted(fold(open ? word.slice(0, -1) : word).replace(/\s+/g, ' '));
    return open ? escaped : `${escaped}(?![\\p{L}\\p{N}])`;
  });
  last = { words, pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})`, 'u') };
  return last.pattern;
}

/** Not `-`: outside of a class there is nothing to escape, and with the flag u it may not be. */
const quoted = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/** Of what the sanitizer made: its tags are whole, and its entities few. */
const textOf = (html: string) =>
  html
    .replace(/<(?:p|br|blockquote)\b[^>]*>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name: string) => ENTITIES[name] ?? '');

/** Of an address of mail, what follows the `@`; `example.com.` is `example.com`. */
function hostOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, pathname } = new URL(url);
  const host = protocol === 'mailto:' ? (pathname.split('@').at(-1) ?? '').toLowerCase() : hostname;
  return host.replace(/\.$/, '');
}
