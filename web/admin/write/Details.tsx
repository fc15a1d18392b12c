import { useEffect, useState } from 'preact/hooks';
import { api } from '../api.ts';
import { Field } from '../shared/Field.tsx';
import type { Article } from './article.ts';
import type { Words } from './post.ts';
import { SlugField } from './SlugField.tsx';

interface Names {
  authors: readonly string[];
  categories: readonly string[];
}

/** What belongs to an article beside its text. */
export function Details({ article, fields }: { article: Article; fields: Readonly<Record<string, string>> }) {
  const words = article.words.value;
  const isPage = words.kind === 'page';
  const { authors, categories } = useNames();
  const text = (field: 'author' | 'category' | 'tags' | 'excerpt') => ({
    value: words[field],
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      article.change({ [field]: currentTarget.value } as Partial<Words>),
  });
  return (
    <aside class="details" aria-labelledby="details">
      <h2 id="details">Details</h2>
      <SlugField article={article} error={fields.slug} />
      <Field label="Author" error={fields.author}>
        {(control) => <input {...control} {...text('author')} list="authors" autocomplete="off" />}
      </Field>
      {!isPage && (
        <>
          <Field label="Category" error={fields.category}>
            {(control) => <input {...control} {...text('category')} list="categories" autocomplete="off" />}
          </Field>
          <Field label="Tags" hint="With commas between." error={fields.tags}>
            {(control) => <input {...control} {...text('tags')} />}
          </Field>
        </>
      )}
      <Field
        label="Excerpt"
        hint="For lists and search engines. Without one, the first words stand there."
        error={fields.excerpt}
      >
        {(control) => <textarea {...control} {...text('excerpt')} maxLength={400} />}
      </Field>
      <label class="check">
        <input
          type="checkbox"
          checked={!words.closed}
          onChange={({ currentTarget }) => article.change({ closed: !currentTarget.checked })}
        />{' '}
        Comments are open
      </label>
      <datalist id="authors">
        {authors.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <datalist id="categories">
        {categories.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </aside>
  );
}

/** Offered while typing; without an answer, a name is typed whole. */
function useNames(): Names {
  const [names, setNames] = useState<Names>({ authors: [], categories: [] });
  useEffect(() => {
    const read = async (path: 'authors' | 'categories') => {
      const page = await api.get<Record<string, { name: string }[]>>(`/${path}`).catch(() => null);
      setNames((before) => ({ ...before, [path]: page?.[path]?.map(({ name }) => name) ?? [] }));
    };
    void read('authors');
    void read('categories');
  }, []);
  return names;
}
