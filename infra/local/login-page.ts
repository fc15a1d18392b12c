import { createHash } from 'node:crypto';

const STYLE = `
:root { color-scheme: light dark }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1rem/1.5 system-ui, sans-serif;
  color: light-dark(#222, #ddd); background: light-dark(#faf8f5, #1b1a18) }
main { width: min(20rem, 90vw) }
h1 { font-size: 1.4rem; font-weight: 600; margin: 0 0 1rem }
label { display: block; margin: 1rem 0 .25rem }
input, button { box-sizing: border-box; width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit;
  color: inherit; background: light-dark(#fff, #262421); border: 1px solid light-dark(#767069, #8f8980);
  border-radius: .375rem }
button { margin-top: 1.5rem; font-weight: 600; color: light-dark(#fff, #1b1a18);
  background: light-dark(#2b4c5e, #a9c9da); border-color: transparent; cursor: pointer }
:focus-visible { outline: 3px solid light-dark(#2b4c5e, #a9c9da); outline-offset: 2px }
[role=alert] { margin: 0; padding: .75rem; border-left: 4px solid light-dark(#a3341f, #f0a090) }
`;

const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;

/**
 * The sign-in form, which posts to its own address. `failed` is the user name of a try that failed.
 */
export function loginPage(failed?: string): string {
  const alert = failed === undefined ? '' : '<p role="alert">The user name or the password is wrong.</p>';
  return page(
    'Sign in',
    `${alert}
<form method="post">
<label for="username">User name</label>
<input id="username" name="username" autocomplete="username" autocapitalize="none" required value="${escapeHtml(failed ?? '')}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>Sign in</button>
</form>`,
  );
}

/** Asks before signing out. `form` is the provider's own, with its token against forgery. */
export function logoutPage(form: string): string {
  return page('Sign out?', `${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`);
}

export function noticePage(title: string, text: string): string {
  return page(title, `<p>${escapeHtml(text)}</p>`);
}

/** The policy of these pages. Chromium holds `form-action` against redirects too, so it names where they lead. */
export function pagePolicy(redirectOrigins: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src '${STYLE_HASH}'`,
    `form-action ${["'self'", ...redirectOrigins].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – Stoa</title>
<style>${STYLE}</style>
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
