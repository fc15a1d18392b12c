import { findComment } from './place.ts';
import { whenWriting } from './writing.ts';

findComment();
addEventListener('hashchange', findComment);

const form = document.querySelector<HTMLFormElement>('form[action$="/comments"]');
if (form) whenWriting(form);
