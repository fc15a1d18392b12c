import { computed, signal } from '@preact/signals';
import { type Params, VIEWS, type View } from './views.ts';

export interface Route {
  view: View | null;
  params: Params;
  /** What follows `?` within the hash. */
  query: URLSearchParams;
}

/** Views live in the hash: `/admin/` is one file, and no address below it asks anything of the server. */
const hash = signal('');

/** Reads the address, now and whenever it changes. Called once a sign-in has put the address back. */
export function followAddress(): void {
  hash.value = location.hash;
  addEventListener('hashchange', () => {
    hash.value = location.hash;
  });
}

export const route = computed((): Route => {
  const [path = '', query = ''] = hash.value.replace(/^#\/?/, '').split('?');
  for (const view of VIEWS) {
    const params = match(view.path, path);
    if (params) return { view, params, query: new URLSearchParams(query) };
  }
  return { view: null, params: {}, query: new URLSearchParams(query) };
});

/** `posts/42` -> `#/posts/42` */
export const link = (path: string): string => `#/${path}`;

/** `replace` leaves no entry to go back to. */
export function navigate(path: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', link(path));
  hash.value = location.hash;
}

/** `posts/:id` against `posts/42` gives `{ id: '42' }`. */
function match(pattern: string, path: string): Params | null {
  const wanted = pattern.split('/');
  const given = path.replace(/\/$/, '').split('/');
  if (wanted.length !== given.length) return null;
  const params: Params = {};
  for (const [at, part] of wanted.entries()) {
    const word = given[at] ?? '';
    if (part.startsWith(':') && word) params[part.slice(1)] = decode(word);
    else if (part !== word) return null;
  }
  return params;
}

function decode(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
