import { field, keepDraft } from './draft.ts';
import type { DraftStore } from './draft-store.ts';
import { element } from './element.ts';
import { showOutcome } from './outcome.ts';
import { addPreview } from './preview.ts';
import { prover } from './proof.ts';
import { clearRefusals, showRefusals } from './refusals.ts';
import { movable } from './reply.ts';
import { type Answer, type Posted, send } from './send.ts';
import { addTools } from './tools.ts';

/** What the form can do once this is there. */
export interface Writing {
  post(): void;
  answer(link: HTMLAnchorElement): void;
}

/** Posts the form without leaving the page, and lets it stand below what it answers. */
export function enhance(form: HTMLFormElement, drafts: DraftStore): Writing {
  const section = form.closest<HTMLElement>('#reply');
  const status = element('p', { role: 'status' });
  const reply = section && movable(section, form);
  const forget = keepDraft(form, drafts, (parent) => reply?.resume(parent));
  const { begin, take } = prover(form);
  let sending = false;
  form.append(status);
  form.addEventListener('input', begin);
  const text = field(form, 'body');
  if (text instanceof HTMLTextAreaElement) {
    addTools(text);
    addPreview(form, text, status);
  }

  /** Sent twice it is still one comment: its id comes from its words. */
  const again = () => void post();

  async function post(): Promise<void> {
    if (sending) return;
    removeEventListener('online', again);
    sending = true;
    clearRefusals(form);
    status.textContent = 'Sending …';
    settle(await send(form, await take()));
    sending = false;
  }

  function settle(answer: Answer<Posted>): void {
    if ('unreached' in answer) {
      status.textContent =
        'The site could not be reached. Your words are safe here, and are sent again as soon as there is a network.';
      addEventListener('online', again, { once: true });
      return;
    }
    if ('refused' in answer) {
      const { detail, fields } = answer.refused;
      status.textContent = detail ?? 'It was not accepted. Your words are still here.';
      if (fields) showRefusals(form, fields);
      return;
    }
    const { taken: posted } = answer;
    const name = field(form, 'name')?.value ?? '';
    status.textContent = '';
    forget();
    if (section) showOutcome(posted, name, section);
    else location.assign(destination(posted));
    reply?.back();
  }

  return { post, answer: (link) => (reply ? reply.under(link) : location.assign(link.href)) };
}

const destination = ({ status, url, id }: Posted) => (status === 'approved' && url ? url : `/api/comments/${id}`);
