/** The keys that what is in the table hangs on, as the functions are given them: several of a kind are parted by commas. */
export interface Keys {
  /** Turns addresses and comments into ids. */
  identity: string;
  /** Seals addresses. */
  address: string;
  /** Of the links that stop mails. */
  unsubscribe: string;
}

export interface KeyStore {
  read(): Promise<Keys>;
  /** Throws a Failure where they cannot be changed. */
  write(keys: Keys): Promise<void>;
}
