import { useRef } from 'preact/hooks';
import { announce } from '../announce.ts';
import { Field } from '../shared/Field.tsx';
import type { Words } from './words.ts';

interface AddressesProps {
  words: Words;
  change: (patch: Partial<Words>) => void;
  error: string | undefined;
}

/** Blocked addresses are kept as hashes, so that nobody reads them here: they can be taken out, and others put in. */
export function Addresses({ words: { hashes, addresses }, change, error }: AddressesProps) {
  const group = useRef<HTMLDivElement>(null);
  const remove = (hash: string) => {
    change({ hashes: hashes.filter((other) => other !== hash) });
    announce('Taken out.');
    group.current?.querySelector('textarea')?.focus();
  };
  return (
    <div ref={group}>
      {hashes.length > 0 && (
        <ul class="hashes" aria-label="Addresses that are blocked">
          {hashes.map((hash, at) => (
            <li key={hash} class="hash">
              <span>
                Address {at + 1} <code>{hash.slice(0, 8)}…</code>
              </span>
              <button type="button" class="text" onClick={() => remove(hash)}>
                Take out<span class="unseen"> address {at + 1}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <Field
        label={hashes.length > 0 ? 'More addresses' : 'Addresses'}
        hint="One on each line. Once saved, an address cannot be read any more, here or anywhere."
        error={error}
      >
        {(control) => (
          <textarea
            {...control}
            rows={2}
            spellcheck={false}
            autocapitalize="none"
            value={addresses}
            onInput={({ currentTarget }) => change({ addresses: currentTarget.value })}
          />
        )}
      </Field>
    </div>
  );
}
