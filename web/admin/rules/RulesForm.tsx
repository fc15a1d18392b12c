import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { api } from '../api.ts';
import { ruleOf } from '../conversation/verdicts.ts';
import { Field } from '../shared/Field.tsx';
import { Failed, useEdit } from '../shared/useEdit.tsx';
import { Addresses } from './Addresses.tsx';
import { ABOUT, type Decided } from './about.ts';
import { Trial } from './Trial.tsx';
import { useTrial } from './useTrial.ts';
import { errorOf, type RulesShown, rulesOf, type Words, wordsOf } from './words.ts';

/** Every rule with what it does and what can be changed about it. It is saved once it was tried. */
export function RulesForm({ shown }: { shown: RulesShown }) {
  const edit = useEdit<Words>(
    'rules',
    wordsOf(shown),
    (words) => api.put('/rules', { rules: rulesOf(words), ver: words.ver }),
    (rules) => wordsOf(rules as RulesShown),
  );
  const trial = useTrial(rulesOf(edit.words));
  const form = useRef<HTMLFormElement>(null);
  const { words, change } = edit;
  const fields = { ...edit.fields, ...trial.fields };

  const number = (field: 'hold' | 'spam' | 'longest', label: string) => (
    <Field label={label} hint="Leave it empty for no limit." error={errorOf(field, fields, words)}>
      {(control) => (
        <input
          {...control}
          class="number"
          inputMode="numeric"
          autocomplete="off"
          value={words[field]}
          onInput={({ currentTarget }) => change({ [field]: currentTarget.value })}
        />
      )}
    </Field>
  );
  const list = (field: 'blocked' | 'domains', label: string, hint: string) => (
    <Field label={label} hint={hint} error={errorOf(field, fields, words)}>
      {(control) => (
        <textarea
          {...control}
          rows={3}
          spellcheck={false}
          autocapitalize="none"
          value={words[field]}
          onInput={({ currentTarget }) => change({ [field]: currentTarget.value })}
        />
      )}
    </Field>
  );
  const check = (field: 'firstTime' | 'lookalike', label: string) => (
    <label class="check">
      <input
        type="checkbox"
        checked={words[field]}
        onChange={({ currentTarget }) => change({ [field]: currentTarget.checked })}
      />
      {label}
    </label>
  );
  const controls: Readonly<Record<string, ComponentChildren>> = {
    'block.address': <Addresses words={words} change={change} error={errorOf('addresses', fields, words)} />,
    'links.many': number('spam', 'More links than'),
    'block.domain': list('domains', 'Sites', 'One on each line, like example.com. blog.example.com is one of it.'),
    'author.lookalike': check('lookalike', 'Hold names that look like an author’s'),
    'block.word': list(
      'blocked',
      'Words',
      'A word or phrase on each line, in small or capital letters. With * at its end, longer words are meant, too: casino*',
    ),
    'links.some': number('hold', 'More links than'),
    long: number('longest', 'More characters than'),
    'first-time': check('firstTime', 'Hold whoever is new'),
  };

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!edit.isDirty) return;
        void trial.run().then((done) => {
          if (!done) requestAnimationFrame(() => toWrong(form.current));
        });
      }}
    >
      {SECTIONS.map(({ status, title }) => (
        <section key={status} class="rules" aria-labelledby={`rules-${status}`}>
          <h2 id={`rules-${status}`}>{title}</h2>
          <ol>
            {ABOUT.filter((rule) => rule.status === status).map(({ reason, what }) => (
              <li key={reason} class="rule">
                <h3>{ruleOf(reason)}</h3>
                <p class="soft">{what}</p>
                {controls[reason]}
              </li>
            ))}
          </ol>
        </section>
      ))}
      <Trial edit={edit} trial={trial} first={shown.ver} />
      <Failed edit={edit} />
    </form>
  );
}

const SECTIONS: readonly { status: Decided; title: string }[] = [
  { status: 'spam', title: 'Filed as spam' },
  { status: 'pending', title: 'Waits for a moderator' },
];

const toWrong = (form: HTMLFormElement | null) => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
