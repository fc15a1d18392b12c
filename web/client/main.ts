import { enhance } from './form.ts';
import { findComment } from './place.ts';

findComment();
addEventListener('hashchange', findComment);

const form = document.querySelector<HTMLFormElement>('form[action$="/comments"]');
if (form) enhance(form);
