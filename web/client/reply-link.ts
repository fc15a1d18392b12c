/** The link to answer a comment that a plain click was meant for. */
export function replyLinkOf(event: MouseEvent): HTMLAnchorElement | null {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  return event.target instanceof Element ? event.target.closest('a.re:not(.rp)') : null;
}
