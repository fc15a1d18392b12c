/**
 * In place of `@aws-sdk/credential-provider-node` in the bundles: Lambda gives credentials by environment, so profiles,
 * single sign-on, web identity and instance metadata, with the clients they bring along, are never asked.
 */
export const defaultProvider = () => async () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
  ...(process.env.AWS_SESSION_TOKEN ? { sessionToken: process.env.AWS_SESSION_TOKEN } : {}),
});
