import { tagsHint } from '../../functions/domain/allowed-tags.ts';
import { AKISMET } from '../../functions/domain/opinion.ts';
import type { Site } from '../../functions/domain/settings.ts';
import { commentsAction } from './links.ts';
import type { FormView } from './views.ts';

/** The form of a fresh comment. */
export const emptyForm = (slug: string, parent: string | null = null): FormView => ({
  slug,
  parent,
  values: { name: '', email: '', url: '', body: '' },
  errors: {},
});

/** Works as it stands; the page's script only saves the trip. People do not see the topic, and programs fill it in. */
export function CommentForm({ form, site }: { form: FormView; site: Pick<Site, 'mails' | 'asks'> }) {
  const { values, errors, parent } = form;
  return (
    <form method="post" action={commentsAction(form.slug)}>
      {parent !== null && <input type="hidden" name="parent" value={parent} />}
      <Refusal field="parent" error={errors.parent} />
      <label for="f-body">Comment</label>
      <textarea id="f-body" name="body" required {...told('body', errors.body, 'h-body')}>
        {values.body.startsWith('\n') ? `\n${values.body}` : values.body}
      </textarea>
      <Refusal field="body" error={errors.body} />
      <p class="hint" id="h-body">
        You may use{' '}
        {tagsHint.map((tag) => (
          <>
            <code>{tag}</code>{' '}
          </>
        ))}
      </p>
      <div class="two">
        <Line field="name" label="Name" value={values.name} error={errors.name} />
        <Line field="email" label="E-mail" aside="never shown" value={values.email} error={errors.email} />
      </div>
      <Line field="url" label="Website" aside="if you like" value={values.url} error={errors.url} />
      <input hidden name="topic" autocomplete="off" />
      {site.mails && (
        <label>
          <input type="checkbox" name="notify" checked={values.notify} /> Mail me replies
        </label>
      )}
      {site.asks && <p class="hint">{shownTo(site.asks)}</p>}
      <button type="submit">Post comment</button>
    </form>
  );
}

const shownTo = (service: string) =>
  `${service} is shown what you post${service === AKISMET ? ', and the network address you post from' : ''}, to tell whether it is advertising.`;

interface LineProps {
  field: 'name' | 'email' | 'url';
  label: string;
  aside?: string;
  value: string;
  error: string | undefined;
}

function Line({ field, label, aside, value, error }: LineProps) {
  return (
    <div>
      <label for={`f-${field}`}>
        {label} {aside && <small>{aside}</small>}
      </label>
      <input
        id={`f-${field}`}
        name={field}
        {...KINDS[field]}
        autocomplete={field}
        required={field !== 'url'}
        {...(value && { value })}
        {...told(field, error)}
      />
      <Refusal field={field} error={error} />
    </div>
  );
}

const KINDS = { name: { type: 'text' }, email: { type: 'email' }, url: { type: 'text', inputmode: 'url' } } as const;

function Refusal({ field, error }: { field: string; error: string | undefined }) {
  if (!error) return null;
  return (
    <p class="err" id={`e-${field}`}>
      {error}
    </p>
  );
}

interface Told {
  'aria-invalid'?: 'true';
  'aria-describedby'?: string;
}

/** Ties a field to its refusal and its hint, for those who hear the page. */
function told(field: string, error: string | undefined, hint?: string): Told {
  const by = [error && `e-${field}`, hint].filter(Boolean).join(' ');
  return { ...(error && { 'aria-invalid': 'true' }), ...(by && { 'aria-describedby': by }) };
}
