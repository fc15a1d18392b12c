import { createHmac } from 'node:crypto';

export interface FormLimits {
  key: string;
  type: string;
  /** The largest file, in bytes. */
  bytes: number;
  expires: Date;
}

interface Signer {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
  region: string;
  now: Date;
}

/**
 * The fields of a form that puts one file of one type and of limited size into the bucket, by whoever has them, until they
 * expire: POST with AWS Signature Version 4 (Amazon S3 API reference, "Browser-based uploads using POST").
 */
export function uploadFields({ key, type, bytes, expires }: FormLimits, signer: Signer): Record<string, string> {
  const time = signer.now.toISOString().replace(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const fields: Record<string, string> = {
    key,
    'content-type': type,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${signer.accessKeyId}/${day}/${signer.region}/s3/aws4_request`,
    'x-amz-date': time,
    ...(signer.sessionToken ? { 'x-amz-security-token': signer.sessionToken } : {}),
  };
  const conditions = [
    ...Object.entries(fields).map((field) => Object.fromEntries([field])),
    ['content-length-range', 1, bytes],
  ];
  const policy = Buffer.from(JSON.stringify({ expiration: expires.toISOString(), conditions })).toString('base64');
  return { ...fields, policy, 'x-amz-signature': signPolicy(policy, { ...signer, day }) };
}

/** Hex. */
export function signPolicy(
  policy: string,
  { secretAccessKey, day, region }: Pick<Signer, 'secretAccessKey' | 'region'> & { day: string },
): string {
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  return createHmac('sha256', key).update(policy).digest('hex');
}
