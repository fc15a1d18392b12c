import { api } from '../api.ts';

interface Page<T> {
  authors?: T[];
  categories?: T[];
  next: string | null;
}

/** All of a list that is short by nature, a page after the other. */
export async function allOf<T>(name: 'authors' | 'categories', signal: AbortSignal): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor ? `?cursor=${encodeURIComponent(cursor)}` : '';
    const page: Page<T> = await api.get(`/${name}${query}`, signal);
    all.push(...(page[name] ?? []));
    cursor = page.next;
  } while (cursor);
  return all;
}
