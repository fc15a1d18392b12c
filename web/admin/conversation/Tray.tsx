import type { Desk } from './desk.ts';
import { Hint } from './Hint.tsx';
import type { Held } from './held.ts';
import { unconfirmed } from './outbox.ts';
import { type Verdict, verdictsOn } from './verdicts.ts';

interface TrayProps {
  desk: Desk;
  decide: (comments: readonly Held[], verdict: Verdict) => void;
}

/** At the foot of the list: what the selection can become, and what was done last. */
export function Tray({ desk, decide }: TrayProps) {
  const chosen = desk.chosen();
  const verdicts = new Map(
    chosen.flatMap(({ status, reports }) => verdictsOn(status, reports !== null)).map((one) => [one.to, one]),
  );
  const last = desk.said.value;
  if (chosen.length === 0 && !last) return null;
  return (
    <section class="tray" aria-label={chosen.length > 0 ? 'Selected comments' : 'What was done'}>
      {chosen.length > 0 ? (
        <>
          <strong>{chosen.length} selected</strong>
          {[...verdicts.values()].map((verdict, i) => (
            <button
              key={verdict.to}
              type="button"
              class={i === 0 ? 'main' : ''}
              onClick={() => decide(chosen, verdict)}
              aria-keyshortcuts={verdict.key}
            >
              {verdict.name}
            </button>
          ))}
          <button type="button" class="quiet" onClick={desk.selectNone}>
            Select none
          </button>
        </>
      ) : (
        <>
          <span class="last">
            {last?.words}{' '}
            {last?.url && (
              <a href={last.url} target="_blank" rel="noopener">
                See it in its place
              </a>
            )}
            {unconfirmed.value > 0 && <span class="soft"> Saving…</span>}
          </span>
          {desk.canUndo.value && (
            <button type="button" onClick={desk.undo} aria-keyshortcuts="u">
              Undo
              <Hint of="u" />
            </button>
          )}
        </>
      )}
    </section>
  );
}
