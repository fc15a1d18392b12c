import { join } from 'node:path';
import { S3Error } from './s3-error.ts';

/** The file of a key below `dir`. Throws S3Error InvalidArgument for a key that could lead elsewhere or be no file. */
export const pathOfKey = (dir: string, key: string): string => {
  const wrong = wrongWith(key);
  if (wrong) throw new S3Error('InvalidArgument', `the object key ${wrong}`);
  return join(dir, ...key.split('/'));
};

/** Whether an object can have this key at all. */
export const isKey = (key: string): boolean => wrongWith(key) === undefined;

const wrongWith = (key: string): string | undefined => {
  if (key === '') return 'is empty';
  if (Buffer.byteLength(key) > 1024) return 'is longer than 1024 bytes';
  for (const form of [key, decoded(key)]) {
    if ([...form].some((character) => character < ' ' || character === '\x7f')) return 'contains a control character';
    if (form.includes('\\')) return 'contains a backslash';
    const parts = form.split('/');
    if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'has an empty part, . or ..';
    if (parts.some((part) => Buffer.byteLength(part) > 240)) return 'has a part longer than 240 bytes';
  }
  return undefined;
};

/** A key is a name, never decoded again; but one that decodes to a way out has no honest use. */
const decoded = (key: string): string => {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
};
