import { element } from './element.ts';

/** What each button puts around the words that are selected. */
const TOOLS: readonly [label: string, before: string, after: string][] = [
  ['Bold', '<strong>', '</strong>'],
  ['Italic', '<em>', '</em>'],
  ['Quote', '<blockquote>', '</blockquote>'],
  ['Code', '<code>', '</code>'],
];

/** Buttons for the tags that are used most, above the text. */
export function addTools(text: HTMLTextAreaElement): void {
  const tools = element('p', { role: 'group', 'aria-label': 'Formatting' });
  for (const [label, before, after] of TOOLS)
    tools.append(
      button(label, () => wrap(text, before, after)),
      ' ',
    );
  tools.append(button('Link', () => addLink(text)));
  text.before(tools);
}

function addLink(text: HTMLTextAreaElement): void {
  const chosen = selected(text);
  const address = /^https?:\S+$/.test(chosen) ? chosen : 'https://';
  wrap(text, `<a href="${address}">`, '</a>');
  if (chosen && address !== chosen) {
    const at = text.value.lastIndexOf(`${address}">`, text.selectionStart) + address.length;
    text.setSelectionRange(at, at);
  }
}

/** Puts `before` and `after` around what is selected, which stays selected. */
function wrap(text: HTMLTextAreaElement, before: string, after: string): void {
  const { selectionStart: start } = text;
  const words = selected(text);
  text.focus();
  // The only way to write into a field that its undo knows of; where it is gone, undo is the loss.
  if (!document.execCommand('insertText', false, before + words + after)) {
    text.setRangeText(before + words + after, start, text.selectionEnd, 'end');
    text.dispatchEvent(new Event('input', { bubbles: true }));
  }
  text.setSelectionRange(start + before.length, start + before.length + words.length);
}

const selected = ({ value, selectionStart, selectionEnd }: HTMLTextAreaElement) =>
  value.slice(selectionStart, selectionEnd);

function button(label: string, press: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button' }, label);
  made.addEventListener('click', press);
  return made;
}
