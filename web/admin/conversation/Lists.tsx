import { useEffect, useState } from 'preact/hooks';
import { api } from '../api.ts';
import { link } from '../router.ts';
import type { QueueName, Queues } from './held.ts';

interface ListsProps {
  here: QueueName | 'search' | 'rules';
  /** How many left the list that is shown, since it was counted. */
  gone?: number;
}

/** The lists of the conversation, with how much waits in each. */
export function Lists({ here, gone = 0 }: ListsProps) {
  const [counts, setCounts] = useState<Queues | null>(null);
  useEffect(() => {
    // Without it the lists are there all the same.
    api.get<Queues>('/queues').then(setCounts, () => undefined);
  }, []);

  const count = (name: QueueName) => {
    if (!counts) return '';
    const left = Math.max(0, counts[name] - (name === here ? gone : 0));
    if (left === 0) return '';
    return counts[name] >= counts.most ? `${left}+` : String(left);
  };
  return (
    <nav class="lists" aria-label="Lists">
      {LISTS.map(({ id, name, path }) => (
        <a key={id} href={link(path)} {...(id === here ? { 'aria-current': 'page' } : {})}>
          {name}
          {id !== 'search' && id !== 'rules' && <span class="count">{count(id)}</span>}
        </a>
      ))}
    </nav>
  );
}

const LISTS = [
  { id: 'pending', name: 'Waiting', path: 'conversation' },
  { id: 'reported', name: 'Reported', path: 'conversation/reported' },
  { id: 'spam', name: 'Spam', path: 'conversation/spam' },
  { id: 'search', name: 'Search', path: 'conversation/search' },
  { id: 'rules', name: 'Rules', path: 'conversation/rules' },
] as const;
