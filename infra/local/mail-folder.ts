import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { makeFolder, writeAtomically } from './atomic-file.ts';

const part = v.object({ Data: v.string() });

/** What SES is asked to send, as far as it is shown here. */
export const sentMail = v.object({
  FromEmailAddress: v.string(),
  Destination: v.object({ ToAddresses: v.pipe(v.array(v.string()), v.length(1)) }),
  Content: v.object({
    Simple: v.object({
      Subject: part,
      Body: v.object({ Text: part, Html: part }),
      Headers: v.array(v.object({ Name: v.string(), Value: v.string() })),
    }),
  }),
});

export type SentMail = v.InferOutput<typeof sentMail>;

export interface MailFolder {
  keep(mail: SentMail): string;
  /** The newest first, at most so many. */
  list(most?: number): Promise<KeptMail[]>;
  find(id: string): Promise<KeptMail | null>;
}

export interface KeptMail {
  /** `2026-11-24T13-05-00.000Z-1` */
  id: string;
  mail: SentMail;
}

const ID = /^[0-9TZ.-]+$/;

/** Mails as files, one of JSON each. */
export function openMailFolder(dir: string): MailFolder {
  makeFolder(dir);
  let kept = 0;
  const read = async (id: string): Promise<KeptMail> => ({
    id,
    mail: v.parse(sentMail, JSON.parse(await readFile(join(dir, `${id}.json`), 'utf8'))),
  });
  return {
    keep(mail) {
      const id = `${new Date().toISOString().replaceAll(':', '-')}-${String(++kept).padStart(4, '0')}`;
      writeAtomically(join(dir, `${id}.json`), `${JSON.stringify(mail, null, 2)}\n`, 0o600);
      return id;
    },
    async list(most = 100) {
      const names = (await readdir(dir)).filter((name) => name.endsWith('.json'));
      const ids = names.map((name) => name.slice(0, -'.json'.length)).filter((id) => ID.test(id));
      return Promise.all(ids.toSorted().reverse().slice(0, most).map(read));
    },
    async find(id) {
      return ID.test(id) ? read(id).catch(() => null) : null;
    },
  };
}
