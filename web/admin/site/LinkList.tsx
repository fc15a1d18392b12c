import { useId, useRef } from 'preact/hooks';
import { announce } from '../announce.ts';

export interface Link {
  label: string;
  href: string;
}

export interface LinkListProps {
  name: string;
  links: readonly Link[];
  most: number;
  error: string | undefined;
  onChange: (links: Link[]) => void;
}

/** Links in an order of their own: words, where they lead, up, away. */
export function LinkList({ name, links, most, error, onChange }: LinkListProps) {
  const id = useId();
  const group = useRef<HTMLFieldSetElement>(null);
  const change = (at: number, patch: Partial<Link>) =>
    onChange(links.map((link, n) => (n === at ? { ...link, ...patch } : link)));
  const add = () => {
    onChange([...links, { label: '', href: '' }]);
    requestAnimationFrame(() =>
      [...(group.current?.querySelectorAll<HTMLElement>('[data-label]') ?? [])].at(-1)?.focus(),
    );
  };
  const remove = (at: number) => {
    onChange(links.filter((_, n) => n !== at));
    announce('Taken out.');
    group.current?.querySelector<HTMLElement>('[data-add]')?.focus();
  };
  const raise = (at: number) => {
    const next = [...links];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at - 1, 0, moved);
    onChange(next);
    announce(`${moved?.label} is number ${at} now.`);
  };
  return (
    <fieldset ref={group} class="links" {...(error ? { 'aria-describedby': `${id}-e` } : {})}>
      <legend>{name}</legend>
      {links.map((link, at) => (
        <div key={at} class="link">
          <input
            data-label
            aria-label={`${name}, number ${at + 1}: words`}
            placeholder="Words"
            value={link.label}
            maxLength={40}
            onInput={({ currentTarget }) => change(at, { label: currentTarget.value })}
          />
          <input
            aria-label={`${name}, number ${at + 1}: where it leads`}
            placeholder="/about/ or https://…"
            value={link.href}
            maxLength={300}
            onInput={({ currentTarget }) => change(at, { href: currentTarget.value })}
          />
          <button
            type="button"
            aria-label={`Move ${link.label || 'the link'} up`}
            disabled={at === 0}
            onClick={() => raise(at)}
          >
            ↑
          </button>
          <button type="button" aria-label={`Take ${link.label || 'the link'} out`} onClick={() => remove(at)}>
            ×
          </button>
        </div>
      ))}
      {error && (
        <p class="err" id={`${id}-e`}>
          {error}
        </p>
      )}
      {links.length < most && (
        <button type="button" data-add onClick={add}>
          Add a link
        </button>
      )}
    </fieldset>
  );
}
