import { createHash, timingSafeEqual } from 'node:crypto';
import type { LoginAccount } from './login-account.ts';
import { type LoginUser, openUsers } from './login-users.ts';
import { isPassword } from './password.ts';

/** A person, as tokens tell of them. */
export interface Person {
  subject: string;
  username: string;
  email?: string;
  groups: readonly string[];
}

export interface Directory {
  /** Null for a wrong name or password, in a time that does not tell which. */
  signIn(username: string, password: string): Promise<Person | null>;
  /** Undefined once the account was removed. */
  find(subject: string): Person | undefined;
}

/** The author's account and those that were added, as they are at each call. */
export function openDirectory(dataDir: string, { username, password, subject }: LoginAccount): Directory {
  const users = openUsers(dataDir);
  const author: Person = { subject, username, groups: ['author', 'moderator'] };

  return {
    async signIn(givenName, givenPassword) {
      const user = users.named(givenName);
      const knows = [same(givenName, username), same(givenPassword, password)];
      if (await isPassword(givenPassword, user?.password ?? NOBODY)) return user ? personOf(user) : null;
      return knows.includes(false) ? null : author;
    },
    find(given) {
      if (given === subject) return author;
      const user = users.all().find((each) => each.subject === given);
      return user && personOf(user);
    },
  };
}

const NOBODY = { salt: '', hash: Buffer.alloc(32).toString('base64url') };

/** Cognito makes the user name of one who signs in with an address. */
const personOf = ({ subject, email, groups }: LoginUser): Person => ({ subject, username: subject, email, groups });

function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
