import { element } from './element.ts';
import { dressComments } from './said.ts';
import { parse } from './trusted.ts';

const LONGEST_WAIT_MS = 300_000;

/** A page with comments has another than one without, and this page's policy would report it. */
const STYLE = /<style>[^<]*<\/style>/;

/**
 * Asks for this very page again, by its ETag, while it is seen; ever less often while nobody speaks, and never while it is
 * hidden. What is new is shown when the reader asks for it, so that nothing moves under their eyes.
 */
export function follow(wait: number): void {
  let pause = wait;
  let etag: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = async () => {
    const answer = await fetch(location.pathname, { cache: 'no-cache' }).catch(() => null);
    const tag = answer?.headers.get('etag') ?? null;
    if (answer?.ok && tag !== etag) {
      etag = tag;
      if (offer(parse((await answer.text()).replace(STYLE, '')))) pause = wait;
    } else pause = Math.min(pause * 1.5, LONGEST_WAIT_MS);
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(look, pause);
  };

  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (!document.hidden) void look();
  });
  if (!document.hidden) void look();
}

const note = element('p', { class: 'note', role: 'status' });

/** False: nothing was said that is not here. */
function offer(page: Document): boolean {
  const fresh = [...page.querySelectorAll<HTMLElement>('.talk .h-cite')].filter(
    ({ id }) => !document.getElementById(id),
  );
  const place = document.querySelector('ol.talk') ?? document.querySelector('#talk > h2')?.nextElementSibling;
  if (!fresh.length || !place) return false;
  const text = fresh.length === 1 ? '1 new comment' : `${fresh.length} new comments`;
  const button = element('button', { type: 'button' }, `Show ${text}`);
  button.addEventListener('click', () => {
    note.remove();
    dressComments();
    for (const comment of fresh) show(comment);
    for (const count of COUNTS) {
      const [here, there] = [document.querySelector(count), page.querySelector(count)];
      if (here && there) here.textContent = there.textContent;
    }
    const first = document.getElementById(fresh[0]?.id ?? '');
    first?.setAttribute('tabindex', '-1');
    first?.focus();
  });
  if (!note.isConnected) place.before(note);
  note.replaceChildren(button);
  return true;
}

const COUNTS = ['a[href="#talk"]', '#talk > h2 > small'];

/** Puts a comment where it stands on the newer page: below the one it answers, or among the threads. */
function show(comment: HTMLElement): void {
  const list = comment.parentElement;
  const above = list?.closest('li');
  const here = above
    ? document.getElementById(above.id)
    : (document.querySelector('#talk') ?? document.querySelector('main'));
  if (!list || !here || document.getElementById(comment.id)) return;
  const into = here.querySelector<HTMLElement>(':scope > ol') ?? element('ol', { class: list.className });
  if (!into.isConnected)
    (above ? here.querySelector(':scope > .re:last-of-type') : here.querySelector('h2'))?.after(into);
  const after = comment.previousElementSibling && document.getElementById(comment.previousElementSibling.id);
  const shown = document.importNode(comment, true);
  if (after?.parentElement === into) after.after(shown);
  else into.prepend(shown);
  for (const one of [shown, ...shown.querySelectorAll<HTMLElement>('.h-cite')])
    one.querySelector(':scope > header')?.append(element('small', {}, 'new'));
}
