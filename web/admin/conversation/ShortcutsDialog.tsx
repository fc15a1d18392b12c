import { Dialog } from '../shared/Dialog.tsx';
import { areOn, switchShortcuts } from './shortcuts.ts';

const KEYS: readonly (readonly [key: string, what: string])[] = [
  ['j', 'Next comment'],
  ['k', 'Comment before'],
  ['a', 'Approve, or keep what was reported'],
  ['r', 'Reject'],
  ['s', 'Spam'],
  ['h', 'Hold: back among what waits'],
  ['d', 'Remove'],
  ['e', 'Edit'],
  ['m', 'Answer'],
  ['p', 'The person and what they said'],
  ['b', 'Block the person'],
  ['t', 'Pin to the top of its article, or unpin'],
  ['x', 'Select'],
  ['u', 'Undo'],
  ['?', 'These keys'],
];

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <label class="check">
        <input
          type="checkbox"
          checked={areOn.value}
          onChange={({ currentTarget }) => switchShortcuts(currentTarget.checked)}
        />
        Use single keys
      </label>
      <p class="hint">With selected comments, a verdict is for all of them; else it is for the one that is marked.</p>
      <dl class="keys">
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p class="actions">
        <button type="button" onClick={onClose}>
          Close
        </button>
      </p>
    </Dialog>
  );
}
