import type { Mail } from '../domain/mail.ts';
import { mailedLink } from './mailed-link.ts';
import type { Office } from './office.ts';
import { published } from './published.ts';
import { reply } from './reply.ts';
import { held, waiting } from './to-moderators.ts';
import type { Written } from './written.ts';

/** A mail in words, from the state of things now. Null: there is nothing to say any more, or nobody may hear it. */
export function compose(office: Office, id: string, mail: Mail): Promise<Written | null> {
  switch (mail.kind) {
    case 'held':
      return held(office, id, mail);
    case 'waiting':
      return waiting(office, id, mail);
    case 'published':
      return published(office, id, mail);
    case 'reply':
      return reply(office, mail);
    case 'link':
      return mailedLink(office, id, mail);
  }
}
