/** As functions/http/group.ts asks for them. */
export const GROUPS = ['author', 'moderator'] as const;

export type Group = (typeof GROUPS)[number];

export interface NewAccount {
  email: string;
  groups: readonly Group[];
  name?: string | undefined;
  /** For good; without one, a new account gets one that was made for it. */
  password?: string | undefined;
}

export interface Account {
  email: string;
  name: string | null;
  groups: readonly string[];
  /** `invited`: has not chosen a password yet. */
  state: 'active' | 'invited' | 'disabled';
}

export interface Added extends Account {
  /** False: was there before, and has what it was given besides what it had. */
  created: boolean;
  /** Made for it, and told this once. */
  password?: string;
}

/** Who may sign in. */
export interface Accounts {
  /** Throws a Failure for a password that is not good enough. */
  add(account: NewAccount): Promise<Added>;
  list(): Promise<Account[]>;
  /** False where there is no such account. */
  remove(email: string): Promise<boolean>;
}
