/** Who comes back within this time is still on the same visit. */
const VISIT_MS = 30 * 60_000;

/**
 * Marks what was said since the reader was last here, tells how much it is, and leads from one to the next. When that was
 * is kept in this browser alone.
 */
export function markUnread(talk: HTMLElement): void {
  const since = lastVisit();
  if (!since) return;
  const unread = [...talk.querySelectorAll<HTMLElement>('.h-cite')].filter((comment) => saidAt(comment) > since);
  if (unread.length) {
    const note = document.createElement('p');
    note.className = 'note';
    note.append(`${unread.length} new since your last visit. `, link(unread[0], 'Go to the first'));
    talk.before(note);
  }
  unread.forEach((comment, i) => {
    mark(comment);
    const next = unread[i + 1];
    if (next) comment.querySelector(':scope > .rp')?.after(link(next, 'Next new'));
  });
}

const link = (to: HTMLElement | undefined, textContent: string) =>
  Object.assign(document.createElement('a'), { className: 're rp', href: `#${to?.id}`, textContent });

function mark(comment: HTMLElement): void {
  const label = Object.assign(document.createElement('small'), { textContent: 'new' });
  comment.querySelector(':scope > header')?.append(label);
}

const saidAt = (comment: HTMLElement) =>
  Date.parse(comment.querySelector(':scope > header time')?.getAttribute('datetime') ?? '');

/** When the visit before this one was, in milliseconds; 0 on the first. */
function lastVisit(): number {
  const key = `stoa:seen:${location.pathname}`;
  const now = Date.now();
  try {
    const [before = 0, latest = 0]: number[] = JSON.parse(localStorage.getItem(key) ?? '[]');
    const since = now - latest > VISIT_MS ? latest : before;
    localStorage.setItem(key, JSON.stringify([since, now]));
    return since;
  } catch {
    return 0;
  }
}
