import { useSignal } from '@preact/signals';
import { announce } from '../announce.ts';
import { api } from '../api.ts';
import { sayProblem } from '../problem.ts';
import { Field } from '../shared/Field.tsx';
import { Loaded } from '../shared/Loaded.tsx';
import { allOf } from './pages-of.ts';

interface Account {
  author: { slug: string; name: string } | null;
}

interface Author {
  slug: string;
  name: string;
}

/** Who this account writes as: new articles begin with that name, and what is said to them is shown to it. */
export function PenName() {
  const load = async (signal: AbortSignal) => ({
    account: await api.get<Account>('/account', signal),
    authors: await allOf<Author>('authors', signal),
  });
  return (
    <section aria-labelledby="pen">
      <h2 id="pen">You write as</h2>
      <Loaded load={load}>{({ account, authors }) => <Choice account={account} authors={authors} />}</Loaded>
    </section>
  );
}

function Choice({ account, authors }: { account: Account; authors: readonly Author[] }) {
  const chosen = useSignal(account.author?.slug ?? '');
  const problem = useSignal('');
  const choose = async (slug: string) => {
    const before = chosen.value;
    chosen.value = slug;
    try {
      await api.put('/account', { author: slug || null });
      problem.value = '';
      announce('Saved.');
    } catch (error) {
      chosen.value = before;
      problem.value = sayProblem(error);
    }
  };
  return (
    <Field
      label="Author"
      hint="New articles begin with this name, and “Said to you” shows what was said to it."
      error={problem.value}
    >
      {(control) => (
        <select {...control} value={chosen.value} onChange={({ currentTarget }) => void choose(currentTarget.value)}>
          <option value="">Nobody yet</option>
          {authors.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
