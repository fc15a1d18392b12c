import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, writeAtomically } from './atomic-file.ts';
import type { PasswordHash } from './password.ts';

export interface LoginUser {
  email: string;
  name: string | null;
  groups: readonly string[];
  /** Names the person in every token. */
  subject: string;
  password: PasswordHash;
}

type Change = Omit<LoginUser, 'subject' | 'password'> & Partial<Pick<LoginUser, 'password'>>;

export interface LoginUsers {
  all(): LoginUser[];
  /** Whatever the case of the address. */
  named(email: string): LoginUser | undefined;
  /** One that is there keeps its subject, and its password unless there is another. A new one needs a password. */
  save(user: Change): LoginUser;
  remove(email: string): boolean;
}

/** Accounts that were added, a file each in the data folder, read anew each time: a command adds them beside the server. */
export function openUsers(dataDir: string): LoginUsers {
  const dir = join(dataDir, 'users');
  const pathOf = (email: string) =>
    join(dir, `${createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, 32)}.json`);
  const read = (path: string): LoginUser => JSON.parse(readFileSync(path, 'utf8'));
  const named: LoginUsers['named'] = (email) => (existsSync(pathOf(email)) ? read(pathOf(email)) : undefined);

  return {
    all() {
      const names = existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith('.json')) : [];
      return names.map((name) => read(join(dir, name))).toSorted((a, b) => (a.email < b.email ? -1 : 1));
    },
    named,
    save(change) {
      const before = named(change.email);
      const password = change.password ?? before?.password;
      if (!password) throw new Error(`the account ${change.email} is new and has no password`);
      const user = { subject: before?.subject ?? randomUUID(), ...change, password };
      makeFolder(dir);
      writeAtomically(pathOf(change.email), JSON.stringify(user), 0o600);
      return user;
    },
    remove(email) {
      const known = existsSync(pathOf(email));
      rmSync(pathOf(email), { force: true });
      return known;
    },
  };
}
