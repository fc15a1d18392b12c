import { api } from '../api.ts';
import { Field } from '../shared/Field.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Outcome, onSubmit, useEdit } from '../shared/useEdit.tsx';
import { AddNamed } from './AddNamed.tsx';
import { type Link, LinkList } from './LinkList.tsx';
import { allOf } from './pages-of.ts';

interface Author {
  slug: string;
  name: string;
  bio: string;
  links: Link[];
  ver: number;
}

/** The people who write here, each with a card. */
export function Authors() {
  return (
    <section aria-labelledby="authors-h">
      <h2 id="authors-h">Authors</h2>
      <Loaded load={(signal) => allOf<Author>('authors', signal)}>
        {(authors, reload) => (
          <>
            {authors.map((author) => (
              <details key={author.slug} class="one">
                <summary>{author.name}</summary>
                <Card author={author} />
              </details>
            ))}
            <AddNamed
              name="author"
              onAdd={async (slug, name) => {
                await api.put(`/authors/${slug}`, { name, ver: 0 });
                reload();
              }}
            />
          </>
        )}
      </Loaded>
    </section>
  );
}

function Card({ author }: { author: Author }) {
  const { slug, ...read } = author;
  const edit = useEdit(`author:${slug}`, read, (words) => api.put<Author>(`/authors/${slug}`, words));
  const { words, fields } = edit;
  return (
    <form onSubmit={onSubmit(edit)} noValidate>
      <Field label="Name" hint={`Their articles are at /author/${slug}/`} error={fields.name}>
        {(control) => (
          <input
            {...control}
            value={words.name}
            maxLength={80}
            onInput={({ currentTarget }) => edit.change({ name: currentTarget.value })}
          />
        )}
      </Field>
      <Field label="About them" error={fields.bio}>
        {(control) => (
          <textarea
            {...control}
            value={words.bio}
            maxLength={500}
            onInput={({ currentTarget }) => edit.change({ bio: currentTarget.value })}
          />
        )}
      </Field>
      <LinkList
        name="Links"
        links={words.links}
        most={8}
        error={fields.links}
        onChange={(links) => edit.change({ links })}
      />
      <Outcome edit={edit} />
    </form>
  );
}
