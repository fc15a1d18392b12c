import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { announce } from '../announce.ts';
import type { Article } from './article.ts';
import { Bar } from './Bar.tsx';
import { Details } from './Details.tsx';
import { onOtherTab } from './drafts.ts';
import { MarkdownField } from './MarkdownField.tsx';
import { Newer } from './Newer.tsx';
import { Preview } from './Preview.tsx';

const LOOK_EVERY_MS = 45_000;
const AUTOSAVE_AFTER_MS = 6_000;

/** Where an article is written: its text in the middle, what belongs to it beside. */
export function Desk({ article }: { article: Article }) {
  const { words, trouble, problem, kept } = article;
  const previewing = useSignal(false);
  const elsewhere = useSignal(false);

  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') article.look().catch(() => undefined);
    };
    const leave = (event: BeforeUnloadEvent) => {
      if (kept.value === null) event.preventDefault();
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    document.addEventListener('visibilitychange', look);
    addEventListener('beforeunload', leave);
    const stop = onOtherTab(article.id, () => {
      elsewhere.value = true;
    });
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      removeEventListener('beforeunload', leave);
      stop();
    };
  }, [article]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void article.save().then((done) => done && announce('Saved.'));
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [article]);

  useEffect(() => {
    const timer = setTimeout(() => void article.autosave(), AUTOSAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [words.value]);

  // The first wrong field takes the focus, once it is marked.
  useEffect(() => {
    document.querySelector<HTMLElement>('.desk [aria-invalid="true"]')?.focus();
  }, [problem.value]);

  const fields = problem.value?.fields ?? {};
  return (
    <div class="desk">
      <h1 class="unseen" tabIndex={-1}>
        {words.value.title || (words.value.kind === 'page' ? 'A new page' : 'A new article')}
      </h1>
      <Bar article={article} previewing={previewing} />
      <div role="alert" class="alerts">
        {trouble.value && (
          <p class="trouble">
            {trouble.value}
            {Object.keys(fields).length > 0 && <Fields fields={fields} />} What you wrote is still here.
          </p>
        )}
        {kept.value === null && <NoRoom article={article} />}
        {elsewhere.value && (
          <p class="trouble">
            This article is open in another tab of this browser, which keeps its own words in the same place. Go on in
            one of them, and save there first.
          </p>
        )}
      </div>
      <Newer article={article} />
      {previewing.value ? (
        <Preview words={words.value} />
      ) : (
        <div class="paper">
          <div class="sheet">
            <label class="unseen" for="title">
              Title
            </label>
            <textarea
              id="title"
              class="title"
              rows={1}
              placeholder="Title"
              value={words.value.title}
              aria-invalid={fields.title ? 'true' : undefined}
              aria-describedby={fields.title ? 'title-e' : undefined}
              onInput={({ currentTarget }) => article.change({ title: currentTarget.value.replaceAll('\n', ' ') })}
            />
            {fields.title && (
              <p class="err" id="title-e">
                The title {fields.title}.
              </p>
            )}
            <MarkdownField article={article} error={fields.source} />
          </div>
          <Details article={article} fields={fields} />
        </div>
      )}
    </div>
  );
}

function Fields({ fields }: { fields: Readonly<Record<string, string>> }) {
  return (
    <>
      {' '}
      {Object.entries(fields)
        .map(([name, words]) => `${name} ${words}`)
        .join('; ')}
      .
    </>
  );
}

/** A full store of drafts: the words are on this screen and nowhere else. */
function NoRoom({ article }: { article: Article }) {
  const { title, source } = article.words.value;
  return (
    <p class="trouble">
      <strong>This browser has no room left to keep your words.</strong> They are on this screen alone: save them now,
      or copy them somewhere safe before you close this tab.{' '}
      <span class="actions">
        <button type="button" onClick={() => void article.save().then((done) => done && announce('Saved.'))}>
          Save now
        </button>
        <button
          type="button"
          onClick={() => void navigator.clipboard.writeText(`${title}\n\n${source}`).then(() => announce('Copied.'))}
        >
          Copy the words
        </button>
      </span>
    </p>
  );
}
