import { api } from '../api.ts';
import { Field } from '../shared/Field.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Outcome, onSubmit, useEdit } from '../shared/useEdit.tsx';
import { AddNamed } from './AddNamed.tsx';
import { allOf } from './pages-of.ts';

interface Category {
  slug: string;
  name: string;
  ver: number;
}

/** What articles are filed under. */
export function Categories() {
  return (
    <section aria-labelledby="categories-h">
      <h2 id="categories-h">Categories</h2>
      <Loaded load={(signal) => allOf<Category>('categories', signal)}>
        {(categories, reload) => (
          <>
            {categories.map((category) => (
              <details key={category.slug} class="one">
                <summary>{category.name}</summary>
                <Name category={category} />
              </details>
            ))}
            <AddNamed
              name="category"
              onAdd={async (slug, name) => {
                await api.put(`/categories/${slug}`, { name, ver: 0 });
                reload();
              }}
            />
          </>
        )}
      </Loaded>
    </section>
  );
}

function Name({ category }: { category: Category }) {
  const { slug, ...read } = category;
  const edit = useEdit(`category:${slug}`, read, (words) => api.put<Category>(`/categories/${slug}`, words));
  return (
    <form onSubmit={onSubmit(edit)} noValidate>
      <Field label="Name" hint={`Its articles are at /category/${slug}/`} error={edit.fields.name}>
        {(control) => (
          <input
            {...control}
            value={edit.words.name}
            maxLength={60}
            onInput={({ currentTarget }) => edit.change({ name: currentTarget.value })}
          />
        )}
      </Field>
      <Outcome edit={edit} />
    </form>
  );
}
