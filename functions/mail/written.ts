import type { Letter } from '../../web/pages/mail/letter.ts';

/** A mail in words, and whom it goes to. */
export interface Written {
  to: string;
  letter: Letter;
}
