/** Fewer replies than this are read faster than they are folded. */
const MANY = 3;

/** Lets a reader fold the replies to a comment away. The browser's own search still finds them, and unfolds them. */
export function makeFoldable(talk: HTMLElement): void {
  for (const replies of talk.querySelectorAll<HTMLElement>(':scope > li > ol')) {
    const n = replies.querySelectorAll('.h-cite').length;
    if (n >= MANY) replies.before(folding(replies, n));
  }
}

function folding(replies: HTMLElement, n: number): HTMLButtonElement {
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 're' });
  const fold = (folded: boolean) => {
    if (folded) replies.setAttribute('hidden', 'until-found');
    else replies.removeAttribute('hidden');
    button.textContent = `${folded ? 'Show' : 'Fold'} ${n} replies`;
    button.setAttribute('aria-expanded', String(!folded));
  };
  button.addEventListener('click', () => fold(!replies.hasAttribute('hidden')));
  replies.addEventListener('beforematch', () => fold(false));
  fold(false);
  return button;
}
