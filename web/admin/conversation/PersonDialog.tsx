import { useEffect, useId, useState } from 'preact/hooks';
import { announce } from '../announce.ts';
import { api } from '../api.ts';
import { sayProblem } from '../problem.ts';
import { Dialog } from '../shared/Dialog.tsx';
import type { Held, HeldList, Person } from './held.ts';
import { useKept } from './kept.ts';
import { Markup } from './Markup.tsx';
import { dayOf, Moment } from './Moment.tsx';
import { WORDS } from './verdicts.ts';

interface PersonDialogProps {
  /** The comment whose writer it is. */
  of: Held;
  /** Opens on the question whether to block. */
  asksToBlock: boolean;
  onSpam: (comments: readonly Held[]) => void;
  onClose: () => void;
}

/** What is known of a person, and all they said. Who they are nobody here knows: everything under one address is by one person. */
export function PersonDialog({ of, asksToBlock, onSpam, onClose }: PersonDialogProps) {
  const [person, setPerson] = useState<Person | null>(null);
  const [said, setSaid] = useState<HeldList | null>(null);
  const [trouble, setTrouble] = useState('');
  const path = `/people/${of.person}`;
  const fail = (error: unknown) => setTrouble(sayProblem(error));

  useEffect(() => {
    api.get<Person>(path).then(setPerson, fail);
    api.get<HeldList>(`${path}/comments`).then(setSaid, fail);
  }, [path]);

  async function more(): Promise<void> {
    if (!said?.next) return;
    try {
      const page = await api.get<HeldList>(`${path}/comments?cursor=${said.next}`);
      setSaid({ ...page, comments: [...said.comments, ...page.comments] });
    } catch (error) {
      fail(error);
    }
  }

  return (
    <Dialog title={of.author.name} drawer onClose={onClose}>
      <button type="button" class="quiet close" onClick={onClose}>
        Close
      </button>
      {trouble && (
        <p class="err" role="alert">
          {trouble}
        </p>
      )}
      {person && said && (
        <>
          <Known person={person} />
          <Block
            person={person}
            waiting={said.comments.filter(({ status }) => status === 'pending')}
            isAsked={asksToBlock}
            onChange={setPerson}
            onSpam={onSpam}
          />
          <Note person={person} onChange={setPerson} />
        </>
      )}
      <h3>What they said</h3>
      {said ? (
        <ol class="history">
          {said.comments.map((comment) => (
            <Past key={comment.id} comment={comment} isThis={comment.id === of.id} />
          ))}
        </ol>
      ) : (
        !trouble && <p class="soft">One moment…</p>
      )}
      {said?.next && (
        <button type="button" onClick={() => void more()}>
          Earlier
        </button>
      )}
    </Dialog>
  );
}

function Known({ person: { names, counts, more, first } }: { person: Person }) {
  const inWords = Object.entries(counts).map(([status, n]) => `${n} ${WORDS[status as keyof typeof WORDS]}`);
  return (
    <p>
      {inWords.join(', ') || 'Nothing yet'}
      {more ? ', of the newest 50' : ''}
      {first && !more ? `, since ${dayOf(first)}` : ''}.{names.length > 1 && ` Names used: ${names.join(', ')}.`}
    </p>
  );
}

interface BlockProps {
  person: Person;
  waiting: readonly Held[];
  isAsked: boolean;
  onChange: (person: Person) => void;
  onSpam: (comments: readonly Held[]) => void;
}

function Block({ person, waiting, isAsked, onChange, onSpam }: BlockProps) {
  const [asks, setAsks] = useState(isAsked && !person.blocked);
  const [alsoWaiting, setAlsoWaiting] = useState(true);
  const [trouble, setTrouble] = useState('');

  async function set(blocked: boolean): Promise<void> {
    try {
      onChange(await api.put<Person>(`/people/${person.person}`, { blocked }));
      if (blocked && alsoWaiting) onSpam(waiting);
      setAsks(false);
      announce(blocked ? 'Blocked.' : 'No longer blocked.');
    } catch (error) {
      setTrouble(sayProblem(error));
    }
  }

  return (
    <div class={person.blocked || asks ? 'other' : ''}>
      {person.blocked && <p>Blocked: what they write from this address is filed as spam.</p>}
      {asks && (
        <>
          <p>From now on, what is written from this address is filed as spam. What is published stays.</p>
          {waiting.length > 0 && (
            <label class="check">
              <input
                type="checkbox"
                checked={alsoWaiting}
                onChange={({ currentTarget }) => setAlsoWaiting(currentTarget.checked)}
              />
              Mark what waits as spam, too ({waiting.length})
            </label>
          )}
        </>
      )}
      {trouble && (
        <p class="err" role="alert">
          {trouble}
        </p>
      )}
      <p class="actions">
        {asks ? (
          <>
            <button type="button" class="main" onClick={() => void set(true)}>
              Block
            </button>
            <button type="button" class="quiet" onClick={() => setAsks(false)}>
              Cancel
            </button>
          </>
        ) : (
          <button type="button" onClick={() => (person.blocked ? void set(false) : setAsks(true))}>
            {person.blocked ? 'Unblock' : 'Block…'}
          </button>
        )}
      </p>
    </div>
  );
}

function Note({ person, onChange }: { person: Person; onChange: (person: Person) => void }) {
  const { words, set, forget } = useKept(`note:${person.person}`, person.note);
  const [trouble, setTrouble] = useState('');
  const id = useId();

  async function save(event: Event): Promise<void> {
    event.preventDefault();
    try {
      const changed = await api.put<Person>(`/people/${person.person}`, { note: words });
      forget(changed.note);
      onChange(changed);
      setTrouble('');
      announce('Saved.');
    } catch (error) {
      setTrouble(sayProblem(error));
    }
  }

  return (
    <form class="remark" onSubmit={(event) => void save(event)}>
      <label for={id}>Note for the other moderators</label>
      <textarea
        id={id}
        value={words}
        maxLength={1000}
        onInput={({ currentTarget }) => set(currentTarget.value)}
        aria-describedby={`${id}-hint`}
      />
      <p id={`${id}-hint`} class={trouble ? 'err' : 'hint'}>
        {trouble || (words === person.note ? 'The person never sees it.' : 'Not saved yet.')}
      </p>
      {words !== person.note && (
        <p class="actions">
          <button type="submit">Save the note</button>
        </p>
      )}
    </form>
  );
}

function Past({ comment, isThis }: { comment: Held; isThis: boolean }) {
  return (
    <li aria-current={isThis}>
      <p class="meta">
        <span class={`state ${comment.status}`}>{WORDS[comment.status]}</span> <Moment iso={comment.created} /> on{' '}
        {comment.url ? (
          <a href={comment.url} target="_blank" rel="noopener">
            {comment.post.title}
          </a>
        ) : (
          comment.post.title
        )}
      </p>
      {comment.html ? <Markup class="words" html={comment.html} /> : <p class="soft">Its words are gone.</p>}
    </li>
  );
}
