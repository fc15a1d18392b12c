import { expect, test } from 'vitest';
import { pagePolicy } from '../../functions/http/policy.ts';
import { loadFunction } from '../../infra/local/edge.ts';

const STYLE = 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';

test('a page of the API says the policy that the edge gives a page of the bucket', () => {
  const viewerResponse = loadFunction(new URL('../../functions/edge/viewer-response.js', import.meta.url));
  const headers = { 'x-amz-meta-csp-style': { value: STYLE } };

  const answered = viewerResponse({ request: { uri: '/a/index.html' }, response: { statusCode: 200, headers } });

  expect(answered).toMatchObject({ headers: { 'content-security-policy': { value: pagePolicy(STYLE) } } });
});
