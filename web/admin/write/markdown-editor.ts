import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import {
  deleteMarkupBackward,
  insertNewlineContinueMarkup,
  markdown,
  markdownLanguage,
} from '@codemirror/lang-markdown';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorState, Transaction } from '@codemirror/state';
import { drawSelection, EditorView, keymap, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { COMMANDS } from './markup.ts';

export interface EditorOptions {
  parent: ShadowRoot;
  text: string;
  label: string;
  onChange: (text: string) => void;
  /** Pictures that were pasted or dropped. */
  onFiles: (files: readonly File[]) => void;
}

/**
 * CodeMirror for Markdown. It stands in a shadow root, where its styles are constructed sheets, which the page's policy
 * allows; in a document they would be style elements, which it does not. Tab leaves it.
 */
export function markdownEditor({ parent, text, label, onChange, onFiles }: EditorOptions): EditorView {
  const files = (event: ClipboardEvent | DragEvent, data: DataTransfer | null) => {
    const pictures = [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
    if (pictures.length === 0) return false;
    event.preventDefault();
    onFiles(pictures);
    return true;
  };
  return new EditorView({
    parent,
    root: parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        history(),
        drawSelection(),
        EditorView.lineWrapping,
        placeholder('Write in Markdown …'),
        keymap.of([
          ...COMMANDS.flatMap(({ key, run }) => (key ? [{ key, run, preventDefault: true }] : [])),
          { key: 'Enter', run: insertNewlineContinueMarkup },
          { key: 'Backspace', run: deleteMarkupBackward },
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        markdown({ base: markdownLanguage, addKeymap: false, completeHTMLTags: false }),
        syntaxHighlighting(LOOK),
        THEME,
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'true', autocapitalize: 'sentences' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
        EditorView.domEventHandlers({
          paste: (event) => files(event, event.clipboardData),
          drop: (event) => files(event, event.dataTransfer),
        }),
      ],
    }),
  });
}

/** Another text from outside, which undo takes back. */
export function replaceText(view: EditorView, text: string): void {
  if (view.state.doc.toString() === text) return;
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    annotations: Transaction.addToHistory.of(true),
  });
}

const LOOK = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '600' },
  { tag: tags.strong, fontWeight: '700' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.strikethrough, textDecoration: 'line-through' },
  { tag: tags.quote, color: 'var(--soft)', fontStyle: 'italic' },
  { tag: tags.link, color: 'var(--sun)' },
  { tag: tags.url, color: 'var(--soft)' },
  { tag: tags.monospace, fontFamily: 'ui-monospace, monospace', fontSize: '0.9em' },
  { tag: tags.processingInstruction, color: 'var(--soft)' },
  { tag: tags.contentSeparator, color: 'var(--soft)' },
]);

const THEME = EditorView.theme({
  '&': { color: 'inherit', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--serif)', fontSize: '1.125rem', lineHeight: '1.65' },
  '.cm-content': { padding: '0 0 3rem', minHeight: '45vh', caretColor: 'var(--sun)' },
  '.cm-line': { padding: '0' },
  '.cm-cursor': { borderLeftColor: 'var(--sun)', borderLeftWidth: '2px' },
  '.cm-placeholder': { color: 'var(--soft)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'color-mix(in srgb, var(--sun) 25%, transparent)',
  },
});
