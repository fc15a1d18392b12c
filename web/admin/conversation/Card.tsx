import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { link } from '../router.ts';
import { Hint } from './Hint.tsx';
import type { Held } from './held.ts';
import { Markup } from './Markup.tsx';
import { Moment } from './Moment.tsx';
import { ruleOf, type Verdict, verdictsOn, WORDS } from './verdicts.ts';

interface CardProps {
  comment: Held;
  trouble: string | null;
  isCurrent: boolean;
  /** The focus is to come here. */
  isWanted: boolean;
  /** Undefined where nothing can be selected. */
  isSelected?: boolean;
  /** Whether the list itself says what status its comments have. */
  isStatusKnown: boolean;
  on: CardActions;
  /** A form below it. */
  children?: ComponentChildren;
}

export interface CardActions {
  focus(): void;
  focused(): void;
  select(): void;
  decide(verdict: Verdict): void;
  /** Absent for whoever is no author. */
  reply?(): void;
  edit(): void;
  pin(): void;
  person(): void;
}

export function Card({ comment, trouble, isCurrent, isWanted, isSelected, isStatusKnown, on, children }: CardProps) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isWanted) return;
    card.current?.focus({ preventScroll: true });
    card.current?.scrollIntoView({ block: 'nearest' });
    on.focused();
  }, [isWanted]);
  const { id, author, created, post, status } = comment;
  return (
    <li>
      <article
        ref={card}
        tabIndex={-1}
        class={isCurrent ? 'held current' : 'held'}
        aria-labelledby={`${id}-by`}
        onFocusIn={on.focus}
      >
        <header>
          {isSelected !== undefined && (
            <label class="pick">
              <input type="checkbox" checked={isSelected} onChange={on.select} aria-keyshortcuts="x" />
              <span class="unseen">Select what {author.name} wrote</span>
            </label>
          )}
          <i class={author.host ? 'face' : `face h${author.hue}`} aria-hidden="true">
            {initial(author.name)}
          </i>
          <p id={`${id}-by`} class="meta">
            <button
              type="button"
              class="writer"
              onClick={on.person}
              aria-keyshortcuts="p"
              title="What they said, and who they are here"
            >
              {author.name}
            </button>{' '}
            {author.host && <span class="state">author</span>} <Moment iso={created} /> on{' '}
            <a href={comment.url ?? `/${post.slug}/`} target="_blank" rel="noopener">
              {post.title}
            </a>
          </p>
        </header>
        <Facts comment={comment} isStatusKnown={isStatusKnown} />
        {comment.to && <Asked comment={comment} />}
        {comment.html ? <Markup class="words" html={comment.html} /> : <p class="soft">Its words are gone.</p>}
        {author.url && (
          <p class="meta">
            Website given: <span class="address">{author.url}</span>
          </p>
        )}
        {trouble && <p class="err">{trouble}</p>}
        <p class="actions">
          {verdictsOn(status, comment.reports !== null).map((verdict) => (
            <Action
              key={verdict.name}
              name={verdict.name}
              hint={verdict.key}
              isMain={verdict.to === 'approved'}
              run={() => on.decide(verdict)}
            />
          ))}
          {on.reply && (status === 'pending' || status === 'approved') && (
            <Action name="Answer" hint="m" run={on.reply} />
          )}
          {status !== 'removed' && <Action name="Edit" hint="e" run={on.edit} />}
          {status === 'approved' && <Action name={comment.pinned ? 'Unpin' : 'Pin'} hint="t" run={on.pin} />}
          <a class="quiet" href={link(`conversation/search?post=${post.id}`)}>
            On this article
          </a>
        </p>
        {children}
      </article>
    </li>
  );
}

interface ActionProps {
  name: string;
  hint: string;
  isMain?: boolean;
  run: () => void;
}

function Action({ name, hint, isMain = false, run }: ActionProps) {
  return (
    <button type="button" class={isMain ? 'first' : ''} onClick={run} aria-keyshortcuts={hint}>
      {name}
      <Hint of={hint} />
    </button>
  );
}

function Facts({ comment, isStatusKnown }: { comment: Held; isStatusKnown: boolean }) {
  const { status, removed, edited, reports } = comment;
  const rule = comment.moves.at(-1)?.rule ?? comment.reason;
  const facts = [
    ...(isStatusKnown ? [] : [WORDS[status]]),
    ...(rule && (status === 'pending' || status === 'spam') ? [ruleOf(rule)] : []),
    ...(comment.pinned && status === 'approved' ? ['Pinned'] : []),
    ...(edited ? ['Edited by a moderator'] : []),
    ...(removed.length > 0 ? [`Taken out: ${removed.join(', ')}`] : []),
  ];
  return (
    <>
      {facts.length > 0 && (
        <ul class="facts" aria-label="About it">
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      {reports && (
        <div class="other">
          <p>
            {reports.n === 1 ? 'A reader reported it' : `${reports.n} readers reported it`}
            {reports.reasons.some(Boolean) ? ':' : ', and said no more.'}
          </p>
          <ul class="reasons">
            {reports.reasons.filter(Boolean).map((words, i) => (
              <li key={i}>“{words}”</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Asked({ comment: { parent } }: { comment: Held }) {
  if (!parent) return <p class="asked">In answer to a comment that is not there any more.</p>;
  return (
    <blockquote class="asked">
      <p>In answer to {parent.author.name}:</p>
      <Markup class="words" html={parent.html} />
    </blockquote>
  );
}

export function initial(name: string): string {
  return (/[\p{L}\p{N}]\p{M}*/u.exec(name)?.[0] ?? '·').toLocaleUpperCase('en');
}
