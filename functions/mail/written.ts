import type { Letter } from '../../web/pages/mail/letter.ts';

/** A mail in words, and whom it goes to. */
export interface Written {
  to: string;
  letter: Letter;
}

/** Which mail, and the how manieth try it is, from 1. What a day allows is counted at the first: a retry takes no more of it. */
export interface Attempt {
  id: string;
  tries: number;
  /** Of a digest: the comments that it gathers. */
  about?: readonly string[] | undefined;
}
