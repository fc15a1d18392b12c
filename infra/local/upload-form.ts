import { timingSafeEqual } from 'node:crypto';
import { signPolicy } from '../../functions/uploads/form.ts';
import { S3Error } from './s3-error.ts';

interface Policy {
  expiration: string;
  conditions: (Record<string, string> | [string, number, number])[];
}

/** Not for the policy to speak of. */
const UNCOVERED = ['policy', 'x-amz-signature', 'file'];

/**
 * What S3 checks of a form before it takes the file: the signature, the time, each field against the policy, and the size.
 * Throws the S3Error that S3 answers with.
 */
export async function checkForm(form: FormData, { secret, now }: { secret: string; now: Date }) {
  const fields = new Map([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
  const file = form.get('file');
  if (!(file instanceof Blob))
    throw new S3Error('InvalidArgument', 'POST requires exactly one file upload per request.');
  const text = fields.get('policy') ?? '';
  checkSignature(fields, text, secret);
  const { expiration, conditions } = JSON.parse(Buffer.from(text, 'base64').toString()) as Policy;
  if (!(now.getTime() < Date.parse(expiration))) throw refused('Policy expired.');

  const asked = new Map(conditions.flatMap((one) => (Array.isArray(one) ? [] : Object.entries(one))));
  for (const [name, value] of asked) if (fields.get(name) !== value) throw refused(`Policy Condition failed: ${name}`);
  const extra = [...fields.keys()].find((name) => !asked.has(name) && !UNCOVERED.includes(name));
  if (extra) throw refused(`Extra input fields: ${extra}`);
  for (const one of conditions) if (Array.isArray(one)) checkSize(file.size, one);

  return {
    key: fields.get('key') ?? '',
    type: fields.get('content-type') ?? 'binary/octet-stream',
    file: Buffer.from(await file.arrayBuffer()),
  };
}

function checkSignature(fields: Map<string, string>, policy: string, secret: string): void {
  const [, day = '', region = ''] = (fields.get('x-amz-credential') ?? '').split('/');
  const expected = Buffer.from(signPolicy(policy, { secretAccessKey: secret, day, region }));
  const given = Buffer.from(fields.get('x-amz-signature') ?? '');
  if (given.length === expected.length && timingSafeEqual(given, expected)) return;
  throw new S3Error(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the one you provided.',
  );
}

function checkSize(size: number, [, least, most]: [string, number, number]): void {
  if (size > most)
    throw new S3Error('EntityTooLarge', `Your proposed upload exceeds the maximum allowed size: ${most}`);
  if (size < least)
    throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
}

const refused = (why: string) => new S3Error('AccessDenied', `Invalid according to Policy: ${why}`);
