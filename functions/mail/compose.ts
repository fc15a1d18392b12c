import type { Mail } from '../domain/mail.ts';
import { digest } from './digest.ts';
import { mailedLink } from './mailed-link.ts';
import type { Office } from './office.ts';
import { published } from './published.ts';
import { reply } from './reply.ts';
import { held, waiting } from './to-moderators.ts';
import type { Attempt, Written } from './written.ts';

/** A mail in words, from the state of things now. Null: there is nothing to say any more, or nobody may hear it. */
export function compose(office: Office, attempt: Attempt, mail: Mail): Promise<Written | null> {
  switch (mail.kind) {
    case 'held':
      return held(office, attempt, mail);
    case 'waiting':
      return waiting(office, attempt, mail);
    case 'published':
      return published(office, attempt, mail);
    case 'reply':
      return reply(office, attempt, mail);
    case 'digest':
      return digest(office, attempt, mail);
    case 'link':
      return mailedLink(office, attempt, mail);
  }
}
