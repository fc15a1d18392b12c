/** The rule of what would be let in, and waits for a second opinion; and of what that opinion called spam. */
export const OPINION = 'opinion';
export const OPINION_SPAM = 'opinion.spam';

/** As a service of that name is called where people read it. */
export const AKISMET = 'Akismet';

interface Service {
  service: 'akismet' | 'webhook';
  url?: string | undefined;
}

/** Whom a comment is shown to, in a word: Akismet, or the host of a webhook. */
export const askedOf = ({ service, url }: Service): string =>
  service === 'webhook' && url ? new URL(url).host : AKISMET;
