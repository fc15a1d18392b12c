/** What the reader has selected in a comment, as the start of an answer to it; empty for nothing. */
export function quoteOf(comment: Element | null): string {
  const selection = getSelection();
  const said = comment?.querySelector(':scope > .e-content');
  const within = said && selection?.rangeCount && said.contains(selection.getRangeAt(0).commonAncestorContainer);
  const words = within ? selection.toString().trim() : '';
  return words && `<blockquote>${words.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</blockquote>\n`;
}
