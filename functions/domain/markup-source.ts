import type { Note } from './text.ts';

/** What a p or a br becomes, so that a line's end outlives its tag. People's own are newlines by then. */
export const PARAGRAPH = '\f';
export const LINE = '\v';

/**
 * Readies a comment's source for the allow-list. Tags p and br become PARAGRAPH and LINE. A `<` that opens nothing (`I <3 you`,
 * `</3`, a tag or comment without an end) becomes `&lt;`, since an HTML parser would swallow what follows it without a word.
 */
export function readyMarkup(source: string, note: Note): string {
  let ready = '';
  let done = 0;
  for (let at = source.indexOf('<'); at !== -1; at = source.indexOf('<', done)) {
    const end = source.startsWith('<!--', at) ? commentEnd(source, at) : tagEnd(source, at);
    ready += source.slice(done, at);
    if (end < 0) {
      const stop = -end;
      ready += source.slice(at, stop).replaceAll('<', '&lt;');
      done = stop;
    } else {
      const tag = source.slice(at, end);
      if (tag.startsWith('<!')) note('comment');
      ready += breakOf(tag) ?? tag;
      done = end;
    }
  }
  return ready + source.slice(done);
}

/** Where the comment ends, or minus where the text that only looked like one does. HTML 13.2.5.43. */
function commentEnd(source: string, at: number): number {
  const close = /--!?>/g;
  close.lastIndex = at + 2;
  return close.test(source) ? close.lastIndex : -source.length;
}

/** Where the tag ends, or minus where the text that only looked like one does; each character is read once. HTML 13.2.5.6. */
function tagEnd(source: string, at: number): number {
  const name = /[a-z]/i;
  const start = source[at + 1] === '/' ? at + 2 : at + 1;
  if (!name.test(source.charAt(start))) return -(at + 1);

  let beforeValue = false;
  for (let i = start; i < source.length; i += 1) {
    const character = source[i];
    if (character === '>') return i + 1;
    if (beforeValue && (character === '"' || character === "'")) {
      const close = source.indexOf(character, i + 1);
      if (close === -1) return -(i + 1);
      i = close;
    }
    beforeValue = character === '=' || (beforeValue && (character === ' ' || character === '\n' || character === '\t'));
  }
  return -source.length;
}

function breakOf(tag: string): string | undefined {
  const name = /^<\/?(p|br)[\s/>]/i.exec(tag)?.[1]?.toLowerCase();
  return name === undefined ? undefined : name === 'p' ? PARAGRAPH : LINE;
}
