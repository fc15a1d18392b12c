import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { ALLOWED_TAGS } from './allowed-tags.ts';
import { compose, type Note, strip } from './text.ts';

export type Element = {
  readonly tag: string;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
};

/** Where a text stands. Two texts in one element share the same place, by identity. */
export type Place = {
  readonly quotes: readonly Element[];
  readonly inlines: readonly Element[];
  readonly linked: boolean;
  readonly verbatim: boolean;
};

export type Run = { readonly text: string; readonly place: Place };

export const OUTSIDE: Place = { quotes: [], inlines: [], linked: false, verbatim: false };

/** A fragment, read as HTML5 does, as clean texts in order with the elements around each. An element without text leaves no trace. */
export function readRuns(html: string, note: Note): readonly Run[] {
  const runs: Run[] = [];
  collect(parseFragment(html).childNodes, OUTSIDE, runs, note);
  return runs;
}

function collect(nodes: readonly DefaultTreeAdapterTypes.ChildNode[], place: Place, runs: Run[], note: Note): void {
  for (const node of nodes) {
    if ('value' in node) append(cleanNode(node.value, note), place, runs, note);
    else if ('attrs' in node) collect(node.childNodes, enter(node, place), runs, note);
  }
}

/** A character reference can write what the source may not hold: `&#x202E;`, `&#1;`, `&#x2028;`. */
function cleanNode(text: string, note: Note): string {
  return compose(strip(text.replace(/[\u2028\u2029]/g, '\n'), note), note);
}

/** Texts that met because nothing was left between them are one text: `e` and a combining accent are an `é`. */
function append(text: string, place: Place, runs: Run[], note: Note): void {
  if (text === '') return;
  const last = runs.at(-1);
  if (last?.place === place) runs[runs.length - 1] = { text: compose(last.text + text, note), place };
  else runs.push({ text, place });
}

function enter({ tagName: tag, attrs }: DefaultTreeAdapterTypes.Element, place: Place): Place {
  const element = { tag, attributes: attrs };
  if (tag === 'blockquote') return { ...place, quotes: [...place.quotes, element] };
  if (!Object.hasOwn(ALLOWED_TAGS, tag)) return place;
  if (tag === 'a' && !attrs.some(({ name }) => name === 'href')) return place;
  // Beyond eight quotes HTML5 gives up parting two links, and the inner one is where a click leads.
  const around = tag === 'a' ? place.inlines.filter((outer) => outer.tag !== 'a') : place.inlines;
  return {
    quotes: place.quotes,
    inlines: [...around, element],
    linked: place.linked || tag === 'a',
    verbatim: place.verbatim || tag === 'code',
  };
}
