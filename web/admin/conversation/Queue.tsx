import { useEffect, useState } from 'preact/hooks';
import type { ViewProps } from '../view.ts';
import { Comments } from './Comments.tsx';
import { openDesk } from './desk.ts';
import type { QueueName } from './held.ts';
import { Lists } from './Lists.tsx';

const QUEUES = {
  pending: { title: 'Waiting', empty: 'Nobody waits. Pull up a chair.' },
  spam: { title: 'Spam', empty: 'No spam.' },
  reported: { title: 'Reported', empty: 'No reader complains.' },
} as const satisfies Record<QueueName, { title: string; empty: string }>;

/** What asks for a moderator's decision, on all articles: newest first, a page at a time. */
export default function Queue({ params }: ViewProps) {
  const name = params.list && params.list in QUEUES ? (params.list as QueueName) : 'pending';
  const [helps, setHelps] = useState(false);
  const [desk] = useState(() =>
    openDesk({
      path: (cursor) => `/comments?status=${name}${cursor ? `&cursor=${cursor}` : ''}`,
      keeps: (status) => status === name,
    }),
  );
  useEffect(() => void desk.refresh(), []);
  const { title, empty } = QUEUES[name];
  const shown = desk.rows.value.length;
  const isAllChosen = shown > 0 && desk.selected.value.size === shown;

  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>{title}</h1>
        <div class="actions">
          <button type="button" class="quiet" onClick={() => void desk.refresh()}>
            Look again
          </button>
          <button type="button" class="quiet" onClick={() => setHelps(true)}>
            Keyboard
          </button>
        </div>
      </div>
      <Lists here={name} gone={desk.gone.value} />
      {shown > 1 && (
        <label class="check all">
          <input type="checkbox" checked={isAllChosen} onChange={isAllChosen ? desk.selectNone : desk.selectAll} />
          Select the {shown} shown
        </label>
      )}
      <Comments desk={desk} empty={empty} isStatusKnown helps={helps} onHelp={setHelps} />
    </>
  );
}
