import { EditorSelection, type StateCommand } from '@codemirror/state';

export interface Markup {
  name: string;
  /** What the button shows. */
  sign: string;
  key?: string;
  run: StateCommand;
}

/** Puts marks around what is selected, or takes them away. */
const around =
  (mark: string): StateCommand =>
  ({ state, dispatch }) => {
    const change = state.changeByRange((range) => {
      const outer = state.sliceDoc(range.from - mark.length, range.to + mark.length);
      const isMarked = outer.startsWith(mark) && outer.endsWith(mark) && outer.length >= 2 * mark.length;
      if (isMarked && range.from >= mark.length) {
        return {
          changes: [
            { from: range.from - mark.length, to: range.from },
            { from: range.to, to: range.to + mark.length },
          ],
          range: EditorSelection.range(range.from - mark.length, range.to - mark.length),
        };
      }
      return {
        changes: [
          { from: range.from, insert: mark },
          { from: range.to, insert: mark },
        ],
        range: EditorSelection.range(range.from + mark.length, range.to + mark.length),
      };
    });
    dispatch(state.update(change, { userEvent: 'input', scrollIntoView: true }));
    return true;
  };

/** Puts a mark before each selected line, or takes it away where all have it. */
const before =
  (mark: string): StateCommand =>
  ({ state, dispatch }) => {
    const { from, to } = state.selection.main;
    const [first, last] = [state.doc.lineAt(from).number, state.doc.lineAt(to).number];
    const lines = Array.from({ length: last - first + 1 }, (_, at) => state.doc.line(first + at));
    const isMarked = lines.every(({ text }) => text.startsWith(mark));
    const changes = lines.map((line) =>
      isMarked ? { from: line.from, to: line.from + mark.length } : { from: line.from, insert: mark },
    );
    dispatch(state.update({ changes, userEvent: 'input', scrollIntoView: true }));
    return true;
  };

/** `[words](https://…)`, with the address selected. */
const link: StateCommand = ({ state, dispatch }) => {
  const { from, to } = state.selection.main;
  const words = state.sliceDoc(from, to) || 'words';
  const address = 'https://';
  const start = from + words.length + 3;
  dispatch(
    state.update({
      changes: { from, to, insert: `[${words}](${address})` },
      selection: { anchor: start, head: start + address.length },
      userEvent: 'input',
      scrollIntoView: true,
    }),
  );
  return true;
};

export const COMMANDS: readonly Markup[] = [
  { name: 'Bold', sign: 'B', key: 'Mod-b', run: around('**') },
  { name: 'Italic', sign: 'I', key: 'Mod-i', run: around('*') },
  { name: 'Link', sign: '↗', key: 'Mod-k', run: link },
  { name: 'Heading', sign: 'H', run: before('## ') },
  { name: 'Quotation', sign: '“', run: before('> ') },
  { name: 'List', sign: '•', run: before('- ') },
  { name: 'Code', sign: '‹›', run: around('`') },
];
