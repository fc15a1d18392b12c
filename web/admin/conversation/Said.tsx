import { useEffect, useState } from 'preact/hooks';
import { announce } from '../announce.ts';
import { api } from '../api.ts';
import { Problem, sayProblem } from '../problem.ts';
import { link } from '../router.ts';
import { initial } from './Card.tsx';
import type { Answered, Held, SaidList } from './held.ts';
import { keptWords } from './kept.ts';
import { Markup } from './Markup.tsx';
import { inFull, Moment } from './Moment.tsx';
import { ReplyForm, replyKey } from './ReplyForm.tsx';

interface Heard {
  comments: readonly Held[];
  since: string;
  /** Whoever has read all of it has seen what was said until then. */
  until: string;
  next: string | null;
}

const EARLIER_DAYS = 30;

/** All that was said to the signed-in author since they last looked: it stays until they say that they read it. */
export default function Said() {
  const [heard, setHeard] = useState<Heard | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);

  async function listen(since: string | null, before: Heard | null = null): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      setHeard(await allSince(since, before));
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }
  useEffect(() => void listen(null), []);

  async function markRead({ until }: Heard): Promise<void> {
    setBusy(true);
    try {
      await api.put('/account', { seen: until });
      setHeard(await allSince(until, null));
      announce('Marked as read.');
      document.querySelector<HTMLElement>('main h1')?.focus();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <div class="head">
        <h1 tabIndex={-1}>Said to you</h1>
        <button type="button" class="quiet" onClick={() => void listen(heard?.since ?? null)}>
          Look again
        </button>
      </div>
      {problem !== null && (isNobody(problem) ? <WhoAreYou /> : <Trouble problem={problem} />)}
      {heard && <p class="soft">{summary(heard)}</p>}
      {heard?.comments.length === 0 && !heard.next && !isBusy && (
        <p class="empty">Nothing new. What readers say on your articles, or in answer to you, comes here.</p>
      )}
      <ol class="helds" aria-label="Comments">
        {heard?.comments.map((comment) => (
          <Heard key={comment.id} comment={comment} />
        ))}
      </ol>
      {isBusy && (
        <p class="soft" role="status">
          One moment…
        </p>
      )}
      {heard && !isBusy && (
        <p class="actions">
          {heard.next && (
            <button type="button" onClick={() => void listen(heard.since, heard)}>
              Show more
            </button>
          )}
          {heard.comments.length > 0 && !heard.next && (
            <button type="button" class="main" onClick={() => void markRead(heard)}>
              I have read these
            </button>
          )}
          <button type="button" class="quiet" onClick={() => void listen(daysBefore(heard.since))}>
            Show what came before
          </button>
        </p>
      )}
    </>
  );
}

/** Pages that one look goes through; a page that looked at much may hold little. */
const PAGES = 5;

async function allSince(since: string | null, before: Heard | null): Promise<Heard> {
  let heard = before;
  for (let pages = 0; pages < PAGES; pages++) {
    const query = new URLSearchParams();
    const from = heard?.since ?? since;
    if (from) query.set('since', from);
    if (heard?.next) query.set('cursor', heard.next);
    const page = await api.get<SaidList>(`/said?${query}`);
    const comments = [...(heard?.comments ?? []), ...page.comments];
    heard = { comments, since: page.since, until: heard?.until ?? page.now, next: page.next };
    if (!heard.next) break;
  }
  if (!heard) throw new Error('a look has at least one page');
  return heard;
}

const daysBefore = (iso: string) => new Date(Date.parse(iso) - EARLIER_DAYS * 86_400_000).toISOString();

function summary({ comments, since, next }: Heard): string {
  const n = comments.length;
  const count = n === 0 ? 'Nothing' : n === 1 ? 'One comment' : `${n} comments`;
  return `${count}${next ? ' so far' : ''} since ${inFull(since)}, oldest first.`;
}

const isNobody = (problem: unknown) => problem instanceof Problem && problem.code === 'author.unknown';

/** A new account is nobody yet: that is where it begins, and no mistake. */
const WhoAreYou = () => (
  <p class="empty" role="status">
    What readers say to you comes here, once it is known who you are.{' '}
    <a href={link('site')}>Choose the author that you write as</a>
  </p>
);

const Trouble = ({ problem }: { problem: unknown }) => (
  <p class="err" role="alert">
    {sayProblem(problem)}
  </p>
);

function Heard({ comment }: { comment: Held }) {
  const [isAnswering, setAnswering] = useState(keptWords(replyKey(comment.id)) !== null);
  const [answers, setAnswers] = useState<readonly Answered[]>([]);
  const { id, author, created, post, parent } = comment;

  function done(answered: Answered): void {
    setAnswers([...answers, answered]);
    setAnswering(false);
    announce(`Your answer to ${author.name} is published.`);
    document.querySelector<HTMLElement>(`[data-answer="${id}"]`)?.focus();
  }

  return (
    <li>
      <article class="held" tabIndex={-1} aria-labelledby={`${id}-by`}>
        <header>
          <i class={author.host ? 'face' : `face h${author.hue}`} aria-hidden="true">
            {initial(author.name)}
          </i>
          <p id={`${id}-by`} class="meta">
            <strong>{author.name}</strong> <Moment iso={created} /> on{' '}
            <a href={comment.url ?? `/${post.slug}/`} target="_blank" rel="noopener">
              {post.title}
            </a>
          </p>
        </header>
        {parent && (
          <blockquote class="asked">
            <p>In answer to {parent.author.name}:</p>
            <Markup class="words" html={parent.html} />
          </blockquote>
        )}
        <Markup class="words" html={comment.html} />
        {answers.map(({ id: answer, url, html, removed }) => (
          <div key={answer} class="other">
            <p>
              You answered.{' '}
              <a href={url} target="_blank" rel="noopener">
                See it in its place
              </a>
            </p>
            <Markup class="words" html={html} />
            {removed.length > 0 && <p class="soft">Taken out: {removed.join(', ')}</p>}
          </div>
        ))}
        <p class="actions">
          {!isAnswering && (
            <button type="button" data-answer={id} onClick={() => setAnswering(true)}>
              {answers.length > 0 ? 'Answer again' : 'Answer'}
            </button>
          )}
        </p>
        {isAnswering && <ReplyForm comment={comment} onDone={done} onClose={() => setAnswering(false)} />}
      </article>
    </li>
  );
}
