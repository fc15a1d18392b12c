export const REGION = 'us-east-1';

/** The owner of the emulated account. */
export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** What leads a program to the emulated account, past whatever profile its user has. */
export const aws = (endpoint: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: REGION,
  AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
});
