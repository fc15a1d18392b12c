import { makeFoldable } from './fold.ts';
import { findComment } from './place.ts';
import { markUnread } from './unread.ts';
import { whenWriting } from './writing.ts';

/** A conversation that is open in front of somebody is looked at again after so long. */
const FIRST_LOOK_MS = 10_000;

findComment();
addEventListener('hashchange', findComment);

const talk = document.querySelector<HTMLElement>('ol.talk');
if (talk) {
  markUnread(talk);
  makeFoldable(talk);
}
if (document.querySelector('.talk, #talk')) {
  setTimeout(() => import('./live.ts').then(({ follow }) => follow(FIRST_LOOK_MS)).catch(() => {}), FIRST_LOOK_MS);
}

const form = document.querySelector<HTMLFormElement>('form[action$="/comments"]');
if (form) whenWriting(form);
