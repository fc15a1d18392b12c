import { field, keepDraft } from './draft.ts';
import { element } from './element.ts';
import { showOutcome } from './outcome.ts';
import { clearRefusals, showRefusals } from './refusals.ts';
import { movable } from './reply.ts';
import { type Answer, type Posted, send } from './send.ts';

/** Posts the form without leaving the page. */
export function enhance(form: HTMLFormElement): void {
  const section = form.closest<HTMLElement>('#reply');
  const status = element('p', { role: 'status' });
  const reply = section && movable(section, form);
  const forget = keepDraft(form, (parent) => reply?.resume(parent));
  let sending = false;
  form.append(status);

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    clearRefusals(form);
    status.textContent = 'Sending …';
    settle(await send(form));
    sending = false;
  });

  function settle(answer: Answer): void {
    if ('refused' in answer) {
      const { detail, fields } = answer.refused;
      status.textContent = detail ?? 'It was not accepted. Your words are still here.';
      if (fields) showRefusals(form, fields);
      return;
    }
    const { posted } = answer;
    const name = field(form, 'name')?.value ?? '';
    status.textContent = '';
    forget();
    if (section) showOutcome(posted, name, section);
    else location.assign(destination(posted));
    reply?.back();
  }
}

const destination = ({ status, url, id }: Posted) => (status === 'approved' && url ? url : `/api/comments/${id}`);
