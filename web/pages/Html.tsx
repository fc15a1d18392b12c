import type { SafeHtml } from '../../functions/domain/sanitize.ts';

/** The one place where markup enters a page as it is: SafeHtml, and our own stylesheet. */
export function Html({ class: name, html }: { class: string; html: SafeHtml }) {
  return <div class={name} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />;
}

export function Stylesheet({ css }: { css: string }) {
  return <style dangerouslySetInnerHTML={{ __html: css }} />;
}
