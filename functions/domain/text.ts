export type Note = (taken: string) => void;

/**
 * A person's text, safe to store and to show anywhere: newlines are `\n`, characters are NFC, and no control, direction
 * override or tag character is left. `note` hears what was taken. Cleaning clean text changes nothing.
 */
export function cleanText(text: string, note: Note = silently): string {
  return compose(strip(newlines(text), note), note);
}

/** Clean text on one line, without spaces at its ends: a name, a title, or a text to compare with another. */
export function normalise(text: string): string {
  return cleanText(text).replace(SPACING, ' ').trim();
}

/** All white space but one plain space, which most of it is. */
const SPACING = /\s{2,}|[^\S ]/gu;

/** Latin letters and their like, none of which joins another: the segmenter takes its time to start. */
const ONE_EACH = /^[ -~\u00a0-\u02ff]*$/;

/** What a reader counts as characters: an emoji of five code points is one. UAX #29. */
export function graphemes(text: string): number {
  if (ONE_EACH.test(text)) return text.length;
  let count = 0;
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}

/** Every way to end a line, as `\n`: CRLF, CR, vertical tab, form feed, U+2028 and U+2029. */
export function newlines(text: string): string {
  return text.replace(/\r\n?|[\v\f\u2028\u2029]/g, '\n');
}

/** Takes away what no text needs, wherever it stands. A lone surrogate becomes U+FFFD, as in a browser's form. */
export function strip(text: string, note: Note = silently): string {
  if (PLAIN.test(text)) return text;

  let kept = text;
  if (!text.isWellFormed()) {
    note('invalid characters');
    kept = text.toWellFormed();
  }
  for (const [name, characters] of TAKEN) {
    if (kept.search(characters) === -1) continue;
    note(name);
    kept = kept.replace(characters, '');
  }
  return kept;
}

/** NFC, with at most four combining marks on a base and none on nothing. */
export function compose(text: string, note: Note = silently): string {
  return PLAIN.test(text) ? text : limitMarks(text.normalize('NFC'), note);
}

/** Whether anything in it can be seen. */
export function isVisible(text: string): boolean {
  return /[^\s\u2800\p{Default_Ignorable_Code_Point}]/u.test(text);
}

const MARKS_PER_BASE = 4;

/** Characters that are NFC by themselves and are neither marks nor taken away; most comments hold no others. */
const PLAIN = /^[\t\n\v\f -~\u00a0-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u4e00-\u9fff]*$/;

/** \v and \f stay: within the sanitizer they stand for br and p, and elsewhere they are newlines by then. */
const TAKEN: readonly (readonly [name: string, characters: RegExp])[] = [
  ['control characters', /(?![\t\n\v\f])[\p{Cc}\p{Noncharacter_Code_Point}]/gu],
  ['direction overrides', /[\u202a-\u202e\u2066-\u2069]/gu],
  ['tag characters', /[\u{e0000}-\u{e007f}]/gu],
];

/** Made when it is first asked: it takes 10 ms, a fifth of a function's start. */
let segmenter: Intl.Segmenter | undefined;

/** Format characters neither end a run of marks nor count: a zero-width joiner between every four would stack them for ever. */
function limitMarks(text: string, note: Note): string {
  return text.replace(/[\p{M}\p{Cf}]+/gu, (run: string, at: number) => {
    let room = at === 0 || ' \t\n\v\f'.includes(text.charAt(at - 1)) ? 0 : MARKS_PER_BASE;
    return run.replace(/\p{M}/gu, (mark) => {
      if (room > 0) {
        room -= 1;
        return mark;
      }
      note('extra combining marks');
      return '';
    });
  });
}

function silently(): void {}
