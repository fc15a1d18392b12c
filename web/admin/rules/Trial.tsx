import { useState } from 'preact/hooks';
import { Markup } from '../conversation/Markup.tsx';
import { Moment } from '../conversation/Moment.tsx';
import { ruleOf, WORDS } from '../conversation/verdicts.ts';
import { sayProblem } from '../problem.ts';
import type { Edit } from '../shared/useEdit.tsx';
import { type Differing, inWords, type TrialState, type Tried } from './useTrial.ts';
import type { Words } from './words.ts';

interface TrialProps {
  edit: Edit<Words>;
  trial: TrialState;
  /** The version that was read when the view was opened. */
  first: number;
}

/** What the rules as they stand above would have changed; only then can they be put in force. */
export function Trial({ edit, trial, first }: TrialProps) {
  const { tried } = trial;
  const mayTry = edit.isDirty && !trial.isBusy;
  return (
    <section class="trial" aria-labelledby="trial">
      <h2 id="trial">Try it first</h2>
      <p class="soft">
        It is looked up what these rules would have said of the comments of the last 90 days. Nothing is changed by
        that.
      </p>
      <div role="alert">
        {trial.problem !== null && <p class="trouble">{sayProblem(trial.problem)} What you typed is still here.</p>}
      </div>
      <p class="actions">
        <button type="submit" class={tried && edit.isDirty ? '' : 'main'} aria-disabled={!mayTry}>
          {tried && edit.isDirty ? 'Try again' : 'Try on the last 90 days'}
        </button>
        {tried && edit.isDirty && (
          <button type="button" class="main" aria-disabled={edit.isBusy} onClick={() => void edit.save()}>
            {edit.isBusy ? 'Saving …' : 'Put these rules in force'}
          </button>
        )}
        <span class="soft">{standing(edit, trial, first)}</span>
      </p>
      {tried && edit.isDirty && <Found tried={tried} goOn={trial.goOn} isBusy={trial.isBusy} />}
    </section>
  );
}

function standing({ isDirty, words }: Edit<Words>, { isBusy, isStale, tried }: TrialState, first: number): string {
  if (isBusy) return 'Looking …';
  if (!isDirty) return words.ver > first ? 'In force, for what is sent from now on.' : 'Nothing is changed yet.';
  if (isStale) return 'Changed since it was tried.';
  return tried ? '' : 'Not tried yet, and not saved.';
}

/** So many are shown before one asks for more. */
const AT_ONCE = 25;

function Found({ tried, goOn, isBusy }: { tried: Tried; goOn: () => Promise<boolean>; isBusy: boolean }) {
  const [most, setMost] = useState(AT_ONCE);
  return (
    <>
      <p>
        <strong>{inWords(tried)}</strong>
      </p>
      {tried.differs.length > 0 && (
        <>
          <ul class="changes" aria-label="What would have changed">
            {[...counted(tried.differs)].map(([change, count]) => (
              <li key={change}>
                {count} {change}
              </li>
            ))}
          </ul>
          <ol class="helds" aria-label="Comments that would have fared otherwise">
            {tried.differs.slice(0, most).map((one) => (
              <li key={one.comment.id} class="held">
                <One {...one} />
              </li>
            ))}
          </ol>
        </>
      )}
      <p class="actions">
        {tried.differs.length > most && (
          <button type="button" onClick={() => setMost(most + AT_ONCE)}>
            Show more of them
          </button>
        )}
        {tried.next && (
          <button type="button" aria-disabled={isBusy} onClick={() => void goOn()}>
            Look further back
          </button>
        )}
      </p>
    </>
  );
}

function One({ comment: { author, created, post, html, status }, is, would }: Differing) {
  return (
    <>
      <p class="meta">
        <strong>{author.name}</strong> <Moment iso={created} /> on{' '}
        <a href={`/${post.slug}/`} target="_blank" rel="noopener">
          {post.title}
        </a>{' '}
        (now {WORDS[status]})
      </p>
      <p class="change">
        <span class="unseen">From </span>
        <del>{said(is)}</del> <span aria-hidden="true">→</span>
        <span class="unseen"> to</span> <ins>{said(would)}</ins>
      </p>
      <Markup class="words" html={html} />
    </>
  );
}

type Verdict = Differing['is'];

const OUTCOMES: Readonly<Record<Verdict['status'], string>> = {
  approved: 'published at once',
  pending: 'waits',
  spam: 'spam',
};

const said = ({ status, reason }: Verdict): string =>
  reason ? `${OUTCOMES[status]}: ${ruleOf(reason)}` : OUTCOMES[status];

const WOULD = { approved: 'be published at once', pending: 'wait', spam: 'be spam' } as const;
const BEING = { approved: 'being published at once', pending: 'waiting', spam: 'being spam' } as const;

/** `would wait instead of being published at once`, most of them first. */
function counted(differs: readonly Differing[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { is, would } of differs) {
    const change =
      is.status === would.status
        ? `would still ${WOULD[would.status]}, for another reason`
        : `would ${WOULD[would.status]} instead of ${BEING[is.status]}`;
    counts.set(change, (counts.get(change) ?? 0) + 1);
  }
  return new Map([...counts].toSorted(([, a], [, b]) => b - a));
}
