// A CloudFront Function (cloudfront-js-2.0: no modules, no destructuring, no for-of); the local gateway runs this file.
//
// CloudFront does not call it when the origin answered 400 or more, nor for the custom 404 page. There a response
// headers policy gives the headers without a style's hash; such pages link their stylesheet. CloudFront applies that
// policy first, so here its headers are there already, and on a page from the bucket have to be written over.

const STYLE_HASHES = /^sha256-[A-Za-z0-9+/]{43}=(?: sha256-[A-Za-z0-9+/]{43}=)*$/;
const ORIGINS = /^https?:\/\/[a-z0-9.-]+(?::[0-9]+)?(?: https?:\/\/[a-z0-9.-]+(?::[0-9]+)?)*$/;
const SITE_PATH = /^\/(?:[A-Za-z0-9_.~-][A-Za-z0-9_.~%/-]*)?(?:\?[A-Za-z0-9_.~%/=&-]*)?(?:#[A-Za-z0-9_.~-]*)?$/;
const GONE = /^4(?:04|10)$/;

// Not `via`: it is read-only here, and touching it makes CloudFront answer 502.
const ORIGIN_HEADERS = /^(?:x-amz-|x-amzn-|apigw-|server$|x-powered-by$)/;

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by name.
function handler(event) {
  const response = event.response;
  const headers = response.headers;
  const style = meta(headers, 'csp-style', STYLE_HASHES);
  const connect = meta(headers, 'csp-connect', ORIGINS);
  const location = meta(headers, 'location', SITE_PATH);
  const gone = meta(headers, 'status', GONE);

  for (const name in headers) {
    if (ORIGIN_HEADERS.test(name)) delete headers[name];
  }
  headers['strict-transport-security'] = { value: 'max-age=31536000' };
  headers['x-content-type-options'] = { value: 'nosniff' };
  headers['referrer-policy'] = { value: 'strict-origin-when-cross-origin' };

  // A 304 replaces the stored headers (RFC 9111 §3.2) and may lack the hash: its page would lose its style.
  if (response.statusCode === 304) return response;
  // A page of the API brings its own, since this function is not called for its error pages.
  const uri = event.request.uri;
  if (uri.indexOf('/api/') !== 0 || !headers['content-security-policy'])
    headers['content-security-policy'] = { value: uri.indexOf('/admin/') === 0 ? room(style, connect) : policy(style) };
  if (location) {
    response.statusCode = 301;
    response.statusDescription = 'Moved Permanently';
    headers.location = { value: location };
  } else if (gone) {
    response.statusCode = Number(gone);
    response.statusDescription = gone === '404' ? 'Not Found' : 'Gone';
  }
  return response;
}

function meta(headers, name, shape) {
  const header = headers[`x-amz-meta-${name}`];
  return header && shape.test(header.value) ? header.value : '';
}

function policy(style) {
  return [
    "default-src 'none'",
    "script-src 'self'",
    styles(style),
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types stoa',
  ].join('; ');
}

// The authors' room: it asks the sign-in service and the place for uploads, shows a picture before it is sent, and sends
// no form. Its preview is a page with a style of its own, within a sandboxed frame that is given this policy too.
function room(style, connect) {
  return [
    "default-src 'none'",
    "script-src 'self'",
    styles(style),
    "img-src 'self' blob:",
    connect ? `connect-src 'self' ${connect}` : "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types stoa',
  ].join('; ');
}

function styles(style) {
  return style ? `style-src 'self' '${style.split(' ').join("' '")}'` : "style-src 'self'";
}
