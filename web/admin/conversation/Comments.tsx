import { useEffect, useState } from 'preact/hooks';
import { isIn } from '../session.ts';
import { Dialog } from '../shared/Dialog.tsx';
import { Card } from './Card.tsx';
import type { Desk } from './desk.ts';
import { EditDialog } from './EditDialog.tsx';
import type { Answered, Held } from './held.ts';
import { keptWords } from './kept.ts';
import { PersonDialog } from './PersonDialog.tsx';
import { ReplyForm, replyKey } from './ReplyForm.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';
import { useShortcuts } from './shortcuts.ts';
import { Tray } from './Tray.tsx';
import { type Verdict, verdictsOn } from './verdicts.ts';

interface CommentsProps {
  desk: Desk;
  /** Said when there is nothing. */
  empty: string;
  isStatusKnown: boolean;
  /** The button that fetches what is older. */
  more?: string;
  helps: boolean;
  onHelp: (open: boolean) => void;
}

type Open =
  | { what: 'edit'; comment: Held }
  | { what: 'person'; comment: Held; asksToBlock: boolean }
  | { what: 'final'; comments: readonly Held[]; verdict: Verdict };

/** A desk's comments, with all that can be done about them by pointer, by Tab and by single keys. */
export function Comments({ desk, empty, isStatusKnown, more = 'Show more', helps, onHelp }: CommentsProps) {
  const [open, setOpen] = useState<Open | null>(null);
  const [answering, setAnswering] = useState<ReadonlySet<string>>(new Set());
  const rows = desk.rows.value;
  const close = () => setOpen(null);

  useEffect(() => {
    if (desk.wanted.value !== '') return;
    desk.wanted.value = null;
    document.querySelector<HTMLElement>('main h1')?.focus();
  });

  function decide(comments: readonly Held[], verdict: Verdict): void {
    if (verdict.final) setOpen({ what: 'final', comments, verdict });
    else desk.decide(comments, verdict);
  }

  function answer(id: string, isOpen: boolean): void {
    const ids = new Set(answering);
    if (isOpen) ids.add(id);
    else ids.delete(id);
    setAnswering(ids);
  }

  function answered(comment: Held, { url, removed }: Answered): void {
    answer(comment.id, false);
    desk.settle(comment.id);
    const taken = removed.length > 0 ? ` Taken out: ${removed.join(', ')}.` : '';
    desk.tell(`Your answer to ${comment.author.name} is published.${taken}`, url);
  }

  const onCurrent = (run: (comment: Held) => void) => () => {
    const row = desk.rowOf(desk.current.value);
    if (row) run(row.comment);
  };
  const byKey = (key: string) => () => {
    const chosen = desk.chosen();
    const row = desk.rowOf(desk.current.value);
    const comments = chosen.length > 0 ? chosen : row ? [row.comment] : [];
    const verdict = comments
      .flatMap(({ status, reports }) => verdictsOn(status, reports !== null))
      .find((one) => one.key === key);
    if (verdict) decide(comments, verdict);
  };
  useShortcuts({
    j: () => desk.step(1),
    k: () => desk.step(-1),
    ...Object.fromEntries(['a', 'r', 's', 'h', 'd'].map((key) => [key, byKey(key)])),
    e: onCurrent((comment) => comment.status !== 'removed' && setOpen({ what: 'edit', comment })),
    m: onCurrent(({ id }) => canAnswer() && answer(id, true)),
    p: onCurrent((comment) => setOpen({ what: 'person', comment, asksToBlock: false })),
    b: onCurrent((comment) => setOpen({ what: 'person', comment, asksToBlock: true })),
    t: onCurrent((comment) => comment.status === 'approved' && void desk.pin(comment)),
    x: onCurrent(({ id }) => desk.toggle(id)),
    u: desk.undo,
    '?': () => onHelp(true),
  });

  return (
    <>
      {desk.state.value === 'ready' && rows.length === 0 && !desk.next.value && <p class="empty">{empty}</p>}
      <ol class="helds" aria-label="Comments">
        {rows.map(({ comment, trouble }) => (
          <Card
            key={comment.id}
            comment={comment}
            trouble={trouble}
            isCurrent={desk.current.value === comment.id}
            isWanted={desk.wanted.value === comment.id}
            isSelected={desk.isSelected(comment.id)}
            isStatusKnown={isStatusKnown}
            on={{
              focus: () => {
                desk.current.value = comment.id;
              },
              focused: () => {
                desk.wanted.value = null;
              },
              select: () => desk.toggle(comment.id),
              decide: (verdict) => decide([comment], verdict),
              ...(canAnswer() ? { reply: () => answer(comment.id, true) } : {}),
              pin: () => void desk.pin(comment),
              edit: () => setOpen({ what: 'edit', comment }),
              person: () => setOpen({ what: 'person', comment, asksToBlock: false }),
            }}
          >
            {(answering.has(comment.id) || keptWords(replyKey(comment.id))) && (
              <ReplyForm
                comment={comment}
                onApproved={desk.replace}
                onDone={(done) => answered(comment, done)}
                onClose={() => answer(comment.id, false)}
              />
            )}
          </Card>
        ))}
      </ol>
      <More desk={desk} name={more} />
      <Tray desk={desk} decide={decide} />
      {open?.what === 'edit' && (
        <EditDialog
          comment={open.comment}
          onClose={close}
          onDone={(edited) => {
            desk.replace(edited);
            desk.tell('Saved.');
            close();
          }}
        />
      )}
      {open?.what === 'person' && (
        <PersonDialog
          of={open.comment}
          asksToBlock={open.asksToBlock}
          onSpam={(comments) => desk.decide(comments, SPAM)}
          onClose={close}
        />
      )}
      {open?.what === 'final' && (
        <Dialog
          title={open.comments.length === 1 ? 'Remove it?' : `Remove ${open.comments.length} comments?`}
          onClose={close}
        >
          <p>The words are deleted, here and on the page, and cannot be brought back. Answers to it stay.</p>
          <p class="actions">
            <button
              type="button"
              class="main"
              onClick={() => {
                close();
                desk.decide(open.comments, open.verdict);
              }}
            >
              Remove
            </button>
            <button type="button" class="quiet" onClick={close}>
              Cancel
            </button>
          </p>
        </Dialog>
      )}
      {helps && <ShortcutsDialog onClose={() => onHelp(false)} />}
    </>
  );
}

const canAnswer = () => isIn('author');

const SPAM = verdictsOn('pending').find(({ to }) => to === 'spam') as Verdict;

function More({ desk, name }: { desk: Desk; name: string }) {
  if (desk.state.value === 'loading') {
    return (
      <p class="soft" role="status">
        One moment…
      </p>
    );
  }
  if (desk.state.value === 'failed') {
    return (
      <p role="alert">
        <span class="err">{desk.failure.value}</span>{' '}
        <button type="button" onClick={() => void desk.more()}>
          Try again
        </button>
      </p>
    );
  }
  if (!desk.next.value) return null;
  return (
    <p>
      <button type="button" onClick={() => void desk.more()}>
        {name}
      </button>
    </p>
  );
}
