import * as v from 'valibot';
import { type MailSettings, mailSettings, type Settings } from '../../functions/domain/settings.ts';
import type { Secrets } from './secrets.ts';

export const TABLE = 'stoa';

/** Where the table and the bucket answer: all that a function or the operator's command needs to work with them. */
export interface Connection {
  tableUrl: string;
  bucketUrl: string;
  /** Where mails are handed in, and where the site is for those who read them; without them none are sent. */
  mailUrl?: string;
  siteUrl?: string;
  /** Where pictures are sent to, and what signs the forms for it; without them none are taken. */
  uploadsUrl?: string;
  uploadsSecret?: string;
  secrets: Secrets;
  settings: Settings;
}

/** What AWS would set for every function, set for this process. */
export function connect(connection: Connection): void {
  const { tableUrl, bucketUrl, mailUrl, siteUrl, uploadsUrl, uploadsSecret, secrets, settings } = connection;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: tableUrl,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: secrets.accessKey,
    AWS_SECRET_ACCESS_KEY: secrets.accessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    STOA_TABLE: TABLE,
    STOA_BUCKET_URL: bucketUrl,
    STOA_SETTINGS: JSON.stringify(localSettings(settings)),
    STOA_IDENTITY_KEY: secrets.identityKey,
    STOA_PROOF_KEY: secrets.proofKey,
    STOA_OPINION_KEY: secrets.opinionKey,
    STOA_ORIGIN_SECRETS: secrets.originSecret,
    STOA_ADDRESS_KEY: secrets.addressKey,
    STOA_UNSUBSCRIBE_KEY: secrets.unsubscribeKey,
    ...(mailUrl ? { AWS_ENDPOINT_URL_SESV2: mailUrl } : {}),
    ...(siteUrl ? { STOA_URL: siteUrl } : {}),
    ...(uploadsUrl ? { STOA_UPLOADS_URL: uploadsUrl } : {}),
    ...(uploadsSecret ? { STOA_UPLOADS_SECRET: uploadsSecret } : {}),
  });
  // The SDK takes a profile before the keys, and whoever deploys has one set.
  for (const name of ['AWS_PROFILE', 'AWS_SESSION_TOKEN']) delete process.env[name];
}

/** On one machine mails go to a folder, and so they go unless the settings say that they do not. */
export const localSettings = (settings: Settings): Settings =>
  settings.mail === undefined ? { ...settings, mail: LOCAL_MAIL } : settings;

const LOCAL_MAIL: MailSettings = v.parse(mailSettings, {
  from: 'stoa@stoa.example',
  moderators: ['author@stoa.example'],
});
