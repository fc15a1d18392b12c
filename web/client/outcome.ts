import { element } from './element.ts';
import { said } from './said.ts';
import type { Posted } from './send.ts';

/** JSON, set by the build from pages/reasons.ts. */
declare const REASONS: string;

const reasons: Readonly<Record<string, string>> = JSON.parse(REASONS);

const WORDS: Readonly<Record<string, string>> = {
  approved: 'Thank you: it is published. ',
  pending: 'Thank you: it reached us, and is waiting. ',
  spam: 'It reached us, and was set aside. ',
  received: 'The same words reached us before: there is nothing more to do. ',
};

/** Shows what became of a comment, there where it was written. */
export function showOutcome(posted: Posted, name: string, section: HTMLElement): void {
  const note = element(
    'div',
    { class: 'note', tabindex: '-1' },
    element('p', {}, (WORDS[posted.status] ?? 'It reached us. ') + why(posted)),
  );
  const placed = posted.status === 'approved' && place(posted, name, section);
  if (!placed && posted.html) {
    const preview = said('div', posted, name);
    preview.classList.add('preview');
    note.append(preview);
  }
  note.append(...removedNote(posted.removed));
  note.append(
    ...(posted.id ? [element('a', { href: `/api/comments/${posted.id}` }, 'Your receipt, to change or erase it')] : []),
    ...(posted.url && !placed ? [' · ', element('a', { href: posted.url }, 'See it in its place')] : []),
  );
  if (placed) placed.append(note);
  else section.before(note);
  note.focus();
}

export const removedNote = (removed: readonly string[]) =>
  removed.length
    ? [element('p', {}, 'Taken away, since it is not used here: ', element('code', {}, removed.join(' ')))]
    : [];

const why = ({ status, reason }: Posted) =>
  status === 'pending' || status === 'spam' ? (reasons[reason ?? 'other'] ?? reasons.other ?? '') : '';

/** Below the comment it answers, or first in an article's conversation; null where it belongs to another page. */
function place(posted: Posted, name: string, section: HTMLElement): HTMLElement | null {
  const list = replies(section.closest('li')) ?? newest();
  if (!list || !posted.ref) return null;
  const item = said('li', posted, name);
  item.id = `comment-${posted.ref}`;
  if (list.matches('.newest')) list.prepend(item);
  else list.append(item);
  return item;
}

function replies(answered: HTMLElement | null): HTMLElement | null {
  if (!answered) return null;
  const list = answered.querySelector<HTMLElement>(':scope > ol') ?? element('ol');
  if (!list.parentElement) answered.append(list);
  return list;
}

function newest(): HTMLElement | null {
  const talk = document.querySelector('#talk');
  if (!talk) return null;
  const list = talk.querySelector<HTMLElement>('.newest') ?? element('ol', { class: 'talk newest' });
  if (!list.parentElement) (talk.querySelector(':scope > .note') ?? talk.querySelector('h2'))?.after(list);
  return list;
}
