import type { Settings } from '../../functions/domain/settings.ts';
import type { Secrets } from './secrets.ts';

export const TABLE = 'stoa';

/** Where the table and the bucket answer: all that a function or the operator's command needs to work with them. */
export interface Connection {
  tableUrl: string;
  bucketUrl: string;
  secrets: Secrets;
  settings: Settings;
}

/** What AWS would set for every function, set for this process. */
export function connect({ tableUrl, bucketUrl, secrets, settings }: Connection): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: tableUrl,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: secrets.accessKey,
    AWS_SECRET_ACCESS_KEY: secrets.accessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    STOA_TABLE: TABLE,
    STOA_BUCKET_URL: bucketUrl,
    STOA_SETTINGS: JSON.stringify(settings),
    STOA_IDENTITY_KEY: secrets.identityKey,
    STOA_ORIGIN_SECRETS: secrets.originSecret,
  });
  // The SDK takes a profile before the keys, and whoever deploys has one set.
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN']) delete process.env[name];
}
