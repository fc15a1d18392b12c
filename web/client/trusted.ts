interface Policy {
  createHTML(html: string): string;
}

declare global {
  interface Window {
    trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
  }
}

const fromServer: Policy = { createHTML: (html) => html };
const policy = window.trustedTypes?.createPolicy('stoa', fromServer) ?? fromServer;

/** The only ways in which markup enters a page by script: a comment's, as the server's sanitizer made it … */
export function fill(element: Element, html: string): void {
  element.innerHTML = policy.createHTML(html);
}

/** … a page of this site, whose scripts do not run … */
export const parse = (page: string): Document => new DOMParser().parseFromString(policy.createHTML(page), 'text/html');

/** … or a whole page in a sandboxed frame, without its scripts, and whose links lead nowhere. */
export function frame(element: HTMLIFrameElement, html: string): void {
  const page = parse(html);
  for (const script of page.querySelectorAll('script, link[rel=modulepreload]')) script.remove();
  for (const link of page.querySelectorAll('a')) link.target = '_blank';
  element.srcdoc = policy.createHTML(`<!doctype html>${page.documentElement.outerHTML}`);
}
