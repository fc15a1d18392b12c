import { computed } from '@preact/signals';
import { hash } from '../router.ts';
import type { Params, View } from '../view.ts';
import { VIEWS } from '../views.ts';

export interface Route {
  view: View | null;
  params: Params;
  query: URLSearchParams;
}

/** The first view that fits the address. */
export const route = computed((): Route => {
  const [path = '', query = ''] = hash.value.replace(/^#\/?/, '').split('?');
  for (const view of VIEWS) {
    const params = match(view.path, path);
    if (params) return { view, params, query: new URLSearchParams(query) };
  }
  return { view: null, params: {}, query: new URLSearchParams(query) };
});

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
