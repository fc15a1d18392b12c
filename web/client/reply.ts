import { field } from './draft.ts';
import { element } from './element.ts';
import { quoteOf } from './quote.ts';

/** Lets the form stand below the comment it answers, and come back. */
export function movable(section: HTMLElement, form: HTMLFormElement) {
  const heading = section.querySelector('h2');
  const home = document.createComment('');
  const parent = element('input', { type: 'hidden', name: 'parent' });
  const cancel = element('button', { type: 'button' }, 'Cancel');
  const title = heading?.textContent ?? '';
  const moved = () => form.dispatchEvent(new Event('input'));
  section.before(home);

  const place = (link: HTMLAnchorElement) => {
    const name = link.parentElement?.querySelector('.p-author')?.textContent;
    if (heading) heading.textContent = name ? `Reply to ${name}` : title;
    parent.value = refOf(link);
    form.prepend(parent);
    form.querySelector('[type=submit]')?.after(cancel);
    link.after(section);
    moved();
  };
  const back = () => {
    const away = parent.isConnected;
    if (heading) heading.textContent = title;
    parent.remove();
    cancel.remove();
    if (away) home.after(section);
    moved();
  };

  cancel.addEventListener('click', () => {
    const link = replyLink(parent.value);
    back();
    link?.focus();
  });
  return {
    back,
    under(link: HTMLAnchorElement) {
      const quote = quoteOf(link.parentElement);
      place(link);
      const body = field(form, 'body');
      if (body && quote && !body.value) body.value = quote;
      moved();
      body?.focus();
    },
    resume(ref: string) {
      const link = replyLink(ref);
      if (link) place(link);
    },
  };
}

const refOf = (link: HTMLAnchorElement) => new URL(link.href).searchParams.get('to') ?? '';

function replyLink(ref: string): HTMLAnchorElement | null {
  return document.querySelector(`#${CSS.escape(`comment-${ref}`)} > a.re`);
}
