import type { EditorView } from '@codemirror/view';
import { effect, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Article } from './article.ts';
import { ImageDialog } from './ImageDialog.tsx';
import { markdownEditor, replaceText } from './markdown-editor.ts';
import { COMMANDS, type Markup } from './markup.ts';

/** The text, with what marks it up. */
export function MarkdownField({ article, error }: { article: Article; error: string | undefined }) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const pictures = useSignal<readonly File[] | null>(null);
  /** A picture of the dialog's is in the text. */
  const isIn = useRef(false);

  useEffect(() => {
    if (!host.current) return;
    const editor = markdownEditor({
      parent: host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open', delegatesFocus: true }),
      text: article.words.value.source,
      label: 'Text, in Markdown',
      onChange: (source) => article.change({ source }),
      onFiles: (files) => {
        pictures.value = files;
      },
    });
    view.current = editor;
    const stop = effect(() => replaceText(editor, article.words.value.source));
    return () => {
      stop();
      editor.destroy();
      view.current = null;
    };
  }, [article]);

  // Once the dialog has given the focus back to where it was.
  useEffect(() => {
    if (pictures.value || !isIn.current) return;
    isIn.current = false;
    view.current?.focus();
  }, [pictures.value]);

  const run = ({ run: command }: Markup) => {
    if (!view.current) return;
    command(view.current);
    view.current.focus();
  };

  return (
    <>
      <div class="tools" role="toolbar" aria-label="Markup">
        {COMMANDS.map((markup) => (
          <button
            key={markup.name}
            type="button"
            title={markup.key ? `${markup.name} (${markup.key.replace('Mod', isMac ? '⌘' : 'Ctrl')})` : markup.name}
            aria-label={markup.name}
            onClick={() => run(markup)}
          >
            <span aria-hidden="true" class={markup.name.toLowerCase()}>
              {markup.sign}
            </span>
          </button>
        ))}
        <button type="button" onClick={() => (pictures.value = [])}>
          Picture …
        </button>
      </div>
      {error && <p class="err">The text {error}.</p>}
      <div ref={host} class="markdown" />
      {pictures.value && (
        <ImageDialog
          files={pictures.value}
          onClose={() => (pictures.value = null)}
          onImage={(markdown) => {
            if (view.current) insert(view.current, markdown);
            isIn.current = true;
          }}
        />
      )}
    </>
  );
}

const isMac = navigator.platform.startsWith('Mac');

/** As a paragraph of its own, after the line of the cursor. */
function insert(view: EditorView, markdown: string): void {
  const line = view.state.doc.lineAt(view.state.selection.main.head);
  const before = line.text.trim() === '' ? '' : '\n\n';
  const text = `${before}${markdown}\n`;
  view.dispatch({
    changes: { from: line.to, insert: text },
    selection: { anchor: line.to + text.length },
    scrollIntoView: true,
  });
  view.focus();
}
