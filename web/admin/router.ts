import { signal } from '@preact/signals';

/** Views live in the hash: `/admin/` is one file, and no address below it asks anything of the server. */
export const hash = signal('');

/** Reads the address, now and whenever it changes. Called once a sign-in has put the address back. */
export function followAddress(): void {
  hash.value = location.hash;
  addEventListener('hashchange', () => {
    hash.value = location.hash;
  });
}

/** `posts/42` -> `#/posts/42` */
export const link = (path: string): string => `#/${path}`;

/** `replace` leaves no entry to go back to. */
export function navigate(path: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', link(path));
  hash.value = location.hash;
}

/** Another address for the view that is shown, which stays: an article was saved for the first time. */
export const readdress = (path: string): void => history.replaceState(null, '', link(path));
