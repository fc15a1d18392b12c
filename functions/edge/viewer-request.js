// A CloudFront Function (cloudfront-js-2.0: no modules, no destructuring, no for-of); the local gateway runs this file.

const LARGEST_BODY = 64 * 1024;
// An article of 256 KiB in JSON.
const LARGEST_ARTICLE = 512 * 1024;

// Only paths of plain words are redirected: `//evil.example` and `/\evil.example` leave the site when a slash is added.
const WORDS = /^(?:\/[A-Za-z0-9_-]+)+$/;

const PERMALINK = /^\/([a-z0-9-]+)\/c\/((t?[1-9][0-9]*)-[1-9][0-9]*)\/?$/;

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by name.
function handler(event) {
  const request = event.request;
  const headers = request.headers;
  const uri = request.uri;

  for (const name in headers) {
    if (name.indexOf('x-stoa-') === 0) delete headers[name];
  }
  headers['x-stoa-viewer'] = { value: event.viewer.ip };
  if (headers.host) headers['x-stoa-host'] = { value: headers.host.value };

  const largest = uri.indexOf('/api/admin/') === 0 ? LARGEST_ARTICLE : LARGEST_BODY;
  if (headers['content-length'] && Number(headers['content-length'].value) > largest) {
    return answer(413, 'Content Too Large', {}, `The request is larger than ${largest} bytes.\n`);
  }
  if (uri.indexOf('/api/') === 0) return request;

  const permalink = PERMALINK.exec(uri);
  if (permalink) return redirect(302, 'Found', `/${permalink[1]}/comments/${permalink[3]}/#comment-${permalink[2]}`);
  if (WORDS.test(uri)) return redirect(301, 'Moved Permanently', `${uri}/`);
  if (uri.charAt(uri.length - 1) === '/') request.uri = `${uri}index.html`;
  return request;
}

function redirect(statusCode, statusDescription, location) {
  return answer(statusCode, statusDescription, { location: { value: location } }, '');
}

// The viewer-response function does not see what this one answers, so these headers are its own.
function answer(statusCode, statusDescription, headers, text) {
  headers['cache-control'] = { value: 'public, max-age=300' };
  headers['content-security-policy'] = { value: "default-src 'none'; frame-ancestors 'none'" };
  headers['content-type'] = { value: 'text/plain; charset=utf-8' };
  headers['strict-transport-security'] = { value: 'max-age=31536000' };
  headers['x-content-type-options'] = { value: 'nosniff' };
  if (statusCode >= 400) headers['cache-control'] = { value: 'no-store' };
  const response = { statusCode: statusCode, statusDescription: statusDescription, headers: headers };
  if (text) response.body = { encoding: 'text', data: text };
  return response;
}
