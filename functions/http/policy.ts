/** The CSP of a page with this inlined stylesheet: what functions/edge/viewer-response.js gives the bucket's pages. */
export const pagePolicy = (style: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' '${style}'`,
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types stoa',
  ].join('; ');
