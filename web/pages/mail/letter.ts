import type { Site } from '../../../functions/domain/settings.ts';

/** A mail's words, written once for both of its parts. Plain text throughout: what was typed by others is only quoted. */
export interface Letter {
  site: Site;
  /** The site's address, without a slash at its end. */
  url: string;
  /** A fixed sentence with at most an article's title in it; see `headerText`. */
  subject: string;
  blocks: readonly Block[];
  /** Why this mail came, and how it ends. */
  foot: string;
  /** Where mails are stopped; null where settings do that. */
  stop: string | null;
}

export type Block =
  | { say: string }
  | { quote: string; by: string }
  /** A button; in the text part its address on a line of its own. */
  | { go: string; href: string };

/** The text part, RFC 3676's 78 columns left to the reader's program. */
export function letterText({ site, url, blocks, foot, stop }: Letter): string {
  const parts = blocks.map((block) => {
    if ('say' in block) return block.say;
    if ('quote' in block) return `${block.by}:\n\n${block.quote.replace(/^/gm, '> ')}`;
    return `${block.go}:\n${block.href}`;
  });
  const end = [`-- \n${site.title} · ${url}/`, foot, ...(stop ? [`Stop these mails:\n${stop}`] : [])];
  return `${[...parts, ...end].join('\n\n')}\n`;
}

const SUBJECT_CHARACTERS = 150;

/** On one line and short, whatever it holds: RFC 5322 ends a header at CRLF. */
export function headerText(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length <= SUBJECT_CHARACTERS ? line : `${characters.slice(0, SUBJECT_CHARACTERS).join('')} …`;
}
