import { useSignal } from '@preact/signals';
import { announce } from '../announce.ts';
import { api } from '../api.ts';
import { sayProblem } from '../problem.ts';
import { Field } from '../shared/Field.tsx';

export interface AddNamedProps {
  /** `author` */
  name: string;
  onAdd: (slug: string, name: string) => Promise<void>;
}

/** A name, of which the server makes an address. */
export function AddNamed({ name, onAdd }: AddNamedProps) {
  const typed = useSignal('');
  const problem = useSignal('');
  const add = async () => {
    const words = typed.value.trim();
    if (!words) {
      problem.value = 'must not be empty';
      return;
    }
    try {
      const { named } = await api.get<{ named: string }>(`/slugs?${new URLSearchParams({ wanted: words })}`);
      await onAdd(named, words);
      typed.value = '';
      problem.value = '';
      announce(`Added ${words}.`);
    } catch (error) {
      problem.value = sayProblem(error);
    }
  };
  return (
    <form
      class="add"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Field label={`Another ${name}`} error={problem.value}>
        {(control) => (
          <input
            {...control}
            value={typed.value}
            onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
          />
        )}
      </Field>
      <button type="submit">Add</button>
    </form>
  );
}
