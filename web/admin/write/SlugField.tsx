import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../api.ts';
import { Field } from '../shared/Field.tsx';
import type { Article } from './article.ts';

interface SlugState {
  /** What was asked for, as an address. */
  slug: string;
  state: 'free' | 'own' | 'taken' | 'reserved' | 'invalid';
  suggestion: string | null;
}

const ASK_AFTER_MS = 300;

/** The article's address, and at once whether it can have it. Without one it is made of the title. */
export function SlugField({ article, error }: { article: Article; error: string | undefined }) {
  const { words, base, post } = article;
  const { slug, title } = words.value;
  const found = useSignal<SlugState | null>(null);
  const wanted = slug.trim() || title.trim();
  const isOld = post.value !== null && slug === base.value.words.slug;

  useEffect(() => {
    if (isOld || !wanted) {
      found.value = null;
      return;
    }
    const aborter = new AbortController();
    const timer = setTimeout(() => {
      const query = new URLSearchParams({ wanted, ...(post.value ? { post: post.value.id } : {}) });
      api.get<SlugState>(`/slugs?${query}`, aborter.signal).then(
        (state) => {
          found.value = state;
        },
        () => undefined,
      );
    }, ASK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [wanted, isOld]);

  const state = found.value;
  const wrong = state && WRONG[state.state];
  const wasPublic = post.value?.status === 'published';
  return (
    <Field
      label="Address"
      error={error ?? ((slug && wrong) || undefined)}
      hint={
        <span aria-live="polite">
          {wrong && state.suggestion ? (
            <>
              {!slug && wrong}{' '}
              <button type="button" class="text" onClick={() => article.change({ slug: state.suggestion ?? '' })}>
                Use {state.suggestion}
              </button>
            </>
          ) : (
            sayAddress(state, isOld ? slug : '', wasPublic)
          )}
        </span>
      }
    >
      {(control) => (
        <input
          {...control}
          value={slug}
          placeholder={state?.slug}
          autocapitalize="none"
          autocomplete="off"
          spellcheck={false}
          onInput={({ currentTarget }) => article.change({ slug: currentTarget.value })}
        />
      )}
    </Field>
  );
}

const WRONG: Record<SlugState['state'], string> = {
  free: '',
  own: '',
  taken: 'Another article has this address.',
  reserved: 'This address is Stoa’s own.',
  invalid: 'An address has small letters, digits and single hyphens.',
};

function sayAddress(state: SlugState | null, current: string, wasPublic: boolean): string {
  if (current) return `/${current}/`;
  if (!state) return 'Made of the title, if you leave it empty.';
  return `/${state.slug}/ is free.${wasPublic ? ' The old address will lead here for ever.' : ''}`;
}
