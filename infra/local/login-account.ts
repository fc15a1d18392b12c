import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { Failure } from './failure.ts';

export interface LoginAccount {
  username: string;
  password: string;
  /** Names the person in every token, for as long as the data folder lives. */
  subject: string;
  /** The provider's private signing keys. */
  keys: JWK[];
}

/** The author's account and the signing keys: made once, then kept in the data folder for its owner alone. */
export async function keepAccount(dataDir: string, password?: string): Promise<LoginAccount> {
  await mkdir(dataDir, { recursive: true });
  const account = await keep(join(dataDir, 'login-account.json'), async () => ({
    username: 'author',
    password: randomBytes(12).toString('base64url'),
    subject: randomUUID(),
  }));
  const { keys } = await keep(join(dataDir, 'login-keys.json'), async () => ({ keys: [await signingKey()] }));
  return { ...account, ...(password ? { password } : {}), keys };
}

async function keep<T>(file: string, make: () => Promise<T>): Promise<T> {
  const kept = await readIfThere(file);
  if (kept !== null) {
    await chmod(file, 0o600);
    return parse(file, kept);
  }
  const made = await make();
  await writeFile(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return made;
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function parse<T>(file: string, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new Failure(`${file} is not JSON: delete it, and a new one is made`, { cause });
  }
}

async function signingKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' };
}
