import { useEffect, useId, useState } from 'preact/hooks';
import { api } from '../api.ts';
import { sayProblem } from '../problem.ts';
import { navigate } from '../router.ts';
import type { ViewProps } from '../view.ts';
import { Comments } from './Comments.tsx';
import { type Desk, openDesk } from './desk.ts';
import type { Held } from './held.ts';
import { Lists } from './Lists.tsx';
import { dayOf } from './Moment.tsx';
import { WORDS } from './verdicts.ts';

/** Comments of every state by words, name, article and state, from the newest back. The table has no index of words: it says how far it looked. */
export default function Search({ query }: ViewProps) {
  const [helps, setHelps] = useState(false);
  const asked = query.toString();
  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>Search</h1>
        <button type="button" class="quiet" onClick={() => setHelps(true)}>
          Keyboard
        </button>
      </div>
      <Lists here="search" />
      <Form key={`form ${asked}`} query={query} />
      <Results key={asked} query={query} helps={helps} onHelp={setHelps} />
    </>
  );
}

function Form({ query }: { query: URLSearchParams }) {
  const id = useId();
  function search(event: SubmitEvent): void {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const wanted = [...given].map(([name, value]) => [name, String(value).trim()] as const);
    navigate(`conversation/search?${new URLSearchParams(Object.fromEntries(wanted.filter(([, value]) => value)))}`);
  }
  return (
    <search>
      <form class="search" onSubmit={search}>
        <p>
          <label for={`${id}-q`}>Words, or a name</label>
          <input id={`${id}-q`} name="q" type="search" maxLength={200} defaultValue={query.get('q') ?? ''} />
        </p>
        <p>
          <label for={`${id}-status`}>State</label>
          <select id={`${id}-status`} name="status">
            <option value="">Any</option>
            {Object.entries(WORDS).map(([status, words]) => (
              <option key={status} value={status} selected={query.get('status') === status}>
                {words}
              </option>
            ))}
          </select>
        </p>
        {query.has('post') && <input type="hidden" name="post" value={query.get('post') ?? ''} />}
        <button type="submit" class="main">
          Search
        </button>
      </form>
    </search>
  );
}

interface ResultsProps {
  query: URLSearchParams;
  helps: boolean;
  onHelp: (open: boolean) => void;
}

/** So many are found, or so many pages looked through, before it waits to be asked again. */
const ENOUGH = 20;
const PAGES = 6;

function Results({ query, helps, onHelp }: ResultsProps) {
  const [desk] = useState(() => openDesk({ path: pathOf(query), keeps: () => true }));
  const [pages, setPages] = useState(1);
  useEffect(() => void desk.refresh(), []);
  const { state, next, rows, back } = desk;
  const goesOn =
    state.value === 'ready' && next.value !== null && rows.value.length < ENOUGH * Math.ceil(pages / PAGES);
  useEffect(() => {
    if (!goesOn || pages % PAGES === 0) return;
    setPages(pages + 1);
    void desk.more();
  });

  return (
    <>
      {query.has('post') && <Article desk={desk} />}
      <Comments
        desk={desk}
        empty="Nothing was found."
        isStatusKnown={false}
        more="Look further back"
        helps={helps}
        onHelp={onHelp}
      />
      {back.value && state.value === 'ready' && <p class="soft">Looked back to {dayOf(back.value)}.</p>}
    </>
  );
}

function pathOf(query: URLSearchParams) {
  return (cursor: string | null) => {
    const asked = new URLSearchParams({ status: query.get('status') ?? 'any' });
    for (const name of ['q', 'post']) if (query.get(name)) asked.set(name, query.get(name) ?? '');
    if (cursor) asked.set('cursor', cursor);
    return `/comments?${asked}`;
  };
}

/** The article that the search is narrowed to, and whether it takes comments. */
function Article({ desk }: { desk: Desk }) {
  const post = desk.rows.value[0]?.comment.post;
  const [isClosed, setClosed] = useState<boolean | null>(null);
  const [trouble, setTrouble] = useState('');
  if (!post) return null;
  const closed = isClosed ?? post.closed;

  async function close({ id }: Held['post']): Promise<void> {
    try {
      await api.put(`/posts/${id}/conversation`, { closed: !closed });
      setClosed(!closed);
      desk.tell(closed ? 'The conversation is open again.' : 'The conversation is closed.');
    } catch (error) {
      setTrouble(sayProblem(error));
    }
  }

  return (
    <div class="other about">
      <p>
        On{' '}
        <a href={`/${post.slug}/`} target="_blank" rel="noopener">
          {post.title}
        </a>
        {closed ? ', which takes no more comments.' : ', which takes comments.'}{' '}
        <a href="#/conversation/search">Search all articles</a>
      </p>
      {trouble && (
        <p class="err" role="alert">
          {trouble}
        </p>
      )}
      <button type="button" onClick={() => void close(post)}>
        {closed ? 'Open the conversation again' : 'Close the conversation'}
      </button>
    </div>
  );
}
