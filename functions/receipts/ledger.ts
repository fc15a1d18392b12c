import { AKISMET } from '../domain/opinion.ts';
import type { Found } from '../table/comment-items.ts';

/** What is stored about a comment, in words for whoever wrote it, and until when. */
export interface Entry {
  what: string;
  until: string;
}

/** The truth of functions/table/: test/handlers/receipts.test.ts holds it against what is stored. */
export function ledgerOf({ status, ttl, shown }: Found): Entry[] {
  const end = ttl === undefined ? null : new Date(ttl * 1000).toISOString().slice(0, 10);
  const gone = status === 'removed';
  return [
    {
      what: gone
        ? 'Your name and website; the words are gone'
        : 'Your words, as you typed them and as they are shown, your name and website',
      until: end ? `until ${end}, or until you erase them` : 'until you erase them',
    },
    {
      what: 'When you wrote it, what became of it and when, and which rule decided',
      until: end ? `until ${end}` : 'as long as the conversation; who wrote it goes when you erase it',
    },
    {
      what: 'Not your e-mail address, but a code made from it with a secret key, by which your comments are known as one person’s',
      until:
        'beside this comment until you erase it. The address itself only if you asked for mail, sealed, and until you want no more',
    },
    {
      what: 'A code of the cookie in this browser, which is your right to this page',
      until: 'the cookie for a year, the code as long as the comment',
    },
    {
      what: 'A code of your network address, with a key that changes every day, to count how much comes from it; nothing about your browser',
      until: 'two days',
    },
    ...(shown
      ? [
          {
            what: `Your words, your name and website${shown === AKISMET ? ', and the network address you wrote from,' : ''} were shown to ${shown}, which is asked here whether a comment is advertising`,
            until: 'as long as they keep it there: what you erase here is not erased there',
          },
        ]
      : []),
    { what: 'Copies, to restore the site after an accident', until: 'up to 35 days after you erased it' },
  ];
}
