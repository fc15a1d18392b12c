import { draftStore } from './draft-store.ts';
import type { Writing } from './form.ts';
import { replyLinkOf } from './reply-link.ts';

/** Brings what helps a writer when somebody begins to write, or has words waiting here, and not before. */
export function whenWriting(form: HTMLFormElement): void {
  const drafts = draftStore(form);
  let writing: Promise<Writing> | undefined;
  const begin = () => {
    writing ??= import('./form.ts').then(({ enhance }) => enhance(form, drafts));
    return writing;
  };
  form.addEventListener('focusin', () => void begin().catch(() => {}), { once: true });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    begin().then(
      ({ post }) => post(),
      () => form.submit(),
    );
  });
  document.addEventListener('click', (event) => {
    const link = replyLinkOf(event);
    if (!link) return;
    event.preventDefault();
    begin().then(
      ({ answer }) => answer(link),
      () => location.assign(link.href),
    );
  });
  if (drafts.read()) void begin().catch(() => {});
}
