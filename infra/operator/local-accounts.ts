import { randomBytes } from 'node:crypto';
import { type LoginUser, openUsers } from '../local/login-users.ts';
import { hashPassword } from '../local/password.ts';
import type { Account, Accounts } from './accounts.ts';

/** Those of the data folder, which a server that runs on it takes at once; besides the author's own. */
export function openLocalAccounts(dir: string): Accounts {
  const users = openUsers(dir);
  return {
    async add({ email, groups, name, password }) {
      const before = users.named(email);
      const made = before || password ? undefined : randomBytes(12).toString('base64url');
      const chosen = password ?? made;
      const user = users.save({
        email,
        name: name ?? before?.name ?? null,
        groups: [...new Set([...(before?.groups ?? []), ...groups])].toSorted(),
        ...(chosen === undefined ? {} : { password: await hashPassword(chosen) }),
      });
      return { ...accountOf(user), created: !before, ...(made === undefined ? {} : { password: made }) };
    },
    list: async () => users.all().map(accountOf),
    remove: async (email) => users.remove(email),
  };
}

const accountOf = ({ email, name, groups }: LoginUser): Account => ({ email, name, groups, state: 'active' });
