import { api } from '../api.ts';
import { Field } from '../shared/Field.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { Outcome, onSubmit, useEdit } from '../shared/useEdit.tsx';
import { type Link, LinkList } from './LinkList.tsx';

interface Site {
  title: string;
  tagline: string;
  language: string;
  owner: string;
  bio: string;
  links: Link[];
  menu: Link[];
  footer: Link[];
  address: string | null;
  ver: number;
}

export function SiteForm() {
  return (
    <section aria-labelledby="site">
      <h2 id="site">Name, card and menus</h2>
      <Loaded load={(signal) => api.get<Site>('/site', signal)}>{(site) => <Form site={site} />}</Loaded>
    </section>
  );
}

function Form({ site }: { site: Site }) {
  const { address: _, ...editable } = site;
  const edit = useEdit('site', editable, (words) => api.put<Site>('/site', words));
  const { words, fields } = edit;
  const text = (field: 'title' | 'tagline' | 'language' | 'owner' | 'bio') => ({
    value: words[field],
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      edit.change({ [field]: currentTarget.value }),
  });
  return (
    <form onSubmit={onSubmit(edit)} noValidate>
      <div class="columns">
        <Field label="Name" error={fields.title}>
          {(control) => <input {...control} {...text('title')} maxLength={80} required />}
        </Field>
        <Field label="Tagline" error={fields.tagline}>
          {(control) => <input {...control} {...text('tagline')} maxLength={200} />}
        </Field>
        <Field label="Owner" hint="Stands below each page." error={fields.owner}>
          {(control) => <input {...control} {...text('owner')} maxLength={80} />}
        </Field>
        <Field label="Language" hint="A tag such as en, de or pt-BR." error={fields.language}>
          {(control) => <input {...control} {...text('language')} autocapitalize="none" />}
        </Field>
      </div>
      <Field
        label="About the owner"
        hint="A card on the front page. Without it and without links there is none."
        error={fields.bio}
      >
        {(control) => <textarea {...control} {...text('bio')} maxLength={500} />}
      </Field>
      <LinkList
        name="Links on the card"
        links={words.links}
        most={8}
        error={fields.links}
        onChange={(links) => edit.change({ links })}
      />
      <LinkList
        name="Menu"
        links={words.menu}
        most={8}
        error={fields.menu}
        onChange={(menu) => edit.change({ menu })}
      />
      <LinkList
        name="Footer"
        links={words.footer}
        most={12}
        error={fields.footer}
        onChange={(footer) => edit.change({ footer })}
      />
      <Outcome edit={edit} />
    </form>
  );
}
