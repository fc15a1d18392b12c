import { useLayoutEffect, useRef } from 'preact/hooks';
import { fill } from '../../client/trusted.ts';

/** A comment as the server's sanitizer made it. Its links open beside the room, so that nothing here is left behind. */
export function Markup({ class: name, html }: { class: string; html: string }) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!element.current) return;
    fill(element.current, html);
    for (const link of element.current.querySelectorAll('a')) {
      link.target = '_blank';
      link.rel = 'nofollow noopener noreferrer';
    }
  }, [html]);
  return <div ref={element} class={name} dir="auto" />;
}
