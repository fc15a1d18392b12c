import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type FunctionSpec, manifest } from '../../functions/manifest.ts';
import { loadFunction } from '../../infra/local/edge.ts';
import { makeStacks, ofType, onlyOne, plain, type Resource, resourcesOf } from '../support/stacks.ts';

const resources = resourcesOf(makeStacks().site);
const config = onlyOne(resources, 'AWS::CloudFront::Distribution').Properties.DistributionConfig as Config;
const behaviours = [...config.CacheBehaviors, { ...config.DefaultCacheBehavior, PathPattern: '*' }];

const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER_EXCEPT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

interface Behaviour {
  PathPattern: string;
  AllowedMethods?: string[];
  CachePolicyId: unknown;
  OriginRequestPolicyId?: unknown;
  ResponseHeadersPolicyId: unknown;
  TargetOriginId: string;
  ViewerProtocolPolicy: string;
  Compress: boolean;
  FunctionAssociations: { EventType: string; FunctionARN: unknown }[];
}

interface Config extends Record<string, unknown> {
  CacheBehaviors: Behaviour[];
  DefaultCacheBehavior: Omit<Behaviour, 'PathPattern'>;
  Origins: { Id: string; DomainName: unknown; OriginCustomHeaders?: { HeaderName: string; HeaderValue: unknown }[] }[];
  CustomErrorResponses: {
    ErrorCode: number;
    ErrorCachingMinTTL: number;
    ResponseCode?: number;
    ResponsePagePath?: string;
  }[];
}

const routes = Object.values<FunctionSpec>(manifest).flatMap(({ routes = [] }) => routes);

describe.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (_name, route) => {
  const behaviour = behaviourFor(route.path.replace(/\{\w+\}/g, 'a-word'));

  test('goes to the API by a behaviour that lets its method through', () => {
    expect(plain(originOf(behaviour).DomainName)).toContain('.execute-api.');
    expect(behaviour.AllowedMethods ?? ['GET', 'HEAD']).toContain(route.method);
  });

  test('is kept only if everybody is answered alike', () => {
    const alike = route.method === 'GET' && /^\/api\/posts(\/\{slug\}(\/(comments|feed\.\w+))?)?$/.test(route.path);
    const kept = route.method === 'GET' && behaviour.CachePolicyId !== CACHING_DISABLED;

    expect(kept).toBe(alike);
  });

  test('has its cookies and its token sent on where it may need them', () => {
    const needs = route.method !== 'GET' || route.auth !== 'public' || /comments\/|\/reply/.test(route.path);

    if (needs) expect(behaviour.OriginRequestPolicyId).toBe(ALL_VIEWER_EXCEPT_HOST);
  });
});

test('pages come from the bucket, over its access control', () => {
  expect(plain(originOf(behaviourFor('/an-article/')).DomainName)).toContain('Pages127DFD1ARegionalDomainName');
  expect(onlyOne(resources, 'AWS::CloudFront::OriginAccessControl').Properties.OriginAccessControlConfig).toMatchObject(
    {
      OriginAccessControlOriginType: 's3',
      SigningBehavior: 'always',
      SigningProtocol: 'sigv4',
    },
  );
});

test('the bucket answers this distribution, over TLS, and lists nothing', () => {
  const [[, policy]] = ofType(resources, 'AWS::S3::BucketPolicy').filter(([id]) => id.startsWith('PagesPolicy')) as [
    [string, Resource],
  ];
  const { PolicyDocument } = policy.Properties;
  const { Statement } = PolicyDocument as { Statement: { Condition: { StringEquals?: Record<string, unknown> } }[] };

  expect(Statement).toMatchObject([
    { Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 's3:GetObject' },
    {
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]);
  expect(plain(Statement[0]?.Condition.StringEquals?.['AWS:SourceArn'])).toMatch(/distribution\/<Distribution/);
});

test('only the API is told the secret, by reference', () => {
  const told = config.Origins.flatMap(({ OriginCustomHeaders = [] }) => OriginCustomHeaders);

  expect(told.map(({ HeaderName }) => HeaderName)).toEqual(['x-stoa-origin']);
  expect(plain(told[0]?.HeaderValue)).toMatch(/^\{\{resolve:secretsmanager:/);
});

test('both edge functions run for every path, compressed and over TLS', () => {
  for (const { FunctionAssociations, Compress, ViewerProtocolPolicy } of behaviours) {
    expect(FunctionAssociations.map(({ EventType }) => EventType)).toEqual(['viewer-request', 'viewer-response']);
    expect(Compress).toBe(true);
    expect(['https-only', 'redirect-to-https']).toContain(ViewerProtocolPolicy);
  }
});

test('an edge function is its file, of at most 10 KB', () => {
  const code = ofType(resources, 'AWS::CloudFront::Function').map(([, { Properties }]) => Properties);

  const file = (name: string) => readFileSync(new URL(`../../functions/edge/${name}.js`, import.meta.url), 'utf8');
  const expected = [file('viewer-request'), file('viewer-response')];
  expect(code.map(({ FunctionCode }) => FunctionCode)).toEqual(expected);
  for (const { FunctionConfig } of code) expect(FunctionConfig).toMatchObject({ Runtime: 'cloudfront-js-2.0' });
  for (const text of expected) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(10_240);
});

test('what is kept is kept as long as it says itself, by address alone', () => {
  const policies = ofType(resources, 'AWS::CloudFront::CachePolicy').map(
    ([, { Properties }]) => Properties.CachePolicyConfig,
  );

  expect(policies).toHaveLength(2);
  for (const policy of policies) {
    expect(policy).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'none' },
        EnableAcceptEncodingBrotli: true,
        EnableAcceptEncodingGzip: true,
      },
    });
  }
});

test('what is missing is the 404 page, and no error is kept', () => {
  const [forbidden, ...others] = config.CustomErrorResponses;

  expect(forbidden).toMatchObject({ ErrorCode: 403, ResponseCode: 404, ResponsePagePath: '/404.html' });
  for (const { ResponsePagePath } of others) expect(ResponsePagePath).toBeUndefined();
  for (const { ErrorCachingMinTTL } of config.CustomErrorResponses) expect(ErrorCachingMinTTL).toBe(0);
});

describe('the headers policy', () => {
  const policy = onlyOne(resources, 'AWS::CloudFront::ResponseHeadersPolicy').Properties
    .ResponseHeadersPolicyConfig as Policy;
  const viewerResponse = loadFunction(new URL('../../functions/edge/viewer-response.js', import.meta.url)) as (
    event: object,
  ) => { headers: Record<string, { value: string }> };
  const respond = (uri: string, headers: Record<string, { value: string }>) =>
    viewerResponse({ request: { uri }, response: { statusCode: 200, headers } }).headers;

  interface Policy {
    SecurityHeadersConfig: {
      ContentSecurityPolicy: { ContentSecurityPolicy: string; Override: boolean };
      ContentTypeOptions: { Override: boolean };
      StrictTransportSecurity: { AccessControlMaxAgeSec: number; Override: boolean };
      ReferrerPolicy: { ReferrerPolicy: string; Override: boolean };
    };
    CustomHeadersConfig?: unknown;
    RemoveHeadersConfig?: unknown;
  }

  const written = {
    'content-security-policy': policy.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy,
    'referrer-policy': policy.SecurityHeadersConfig.ReferrerPolicy.ReferrerPolicy,
    'strict-transport-security': `max-age=${policy.SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec}`,
    'x-content-type-options': 'nosniff',
  };

  test('is on every behaviour', () => {
    for (const { ResponseHeadersPolicyId } of behaviours) expect(plain(ResponseHeadersPolicyId)).toMatch(/Headers/);
  });

  test('says what the viewer-response function says of a page without a style of its own', () => {
    const headers = Object.entries(respond('/', {})).map(([name, { value }]) => [name, value]);

    expect(Object.fromEntries(headers)).toEqual(written);
  });

  test('writes over nothing that an origin said, and removes nothing, since CloudFront applies it before the function', () => {
    const overrides = Object.values(policy.SecurityHeadersConfig).map(({ Override }) => Override);

    expect(overrides).not.toContain(true);
    expect(policy.CustomHeadersConfig).toBeUndefined();
    expect(policy.RemoveHeadersConfig).toBeUndefined();
  });

  test("leaves a page's style allowed", () => {
    const hash = `sha256-${'A'.repeat(43)}=`;
    const before = { 'content-security-policy': { value: written['content-security-policy'] } };

    const { 'content-security-policy': page } = respond('/a/', { ...before, 'x-amz-meta-csp-style': { value: hash } });
    const { 'content-security-policy': api } = respond('/api/comments/1', {
      'content-security-policy': { value: 'own' },
    });

    expect(page?.value).toContain(`style-src 'self' '${hash}'`);
    expect(api?.value).toBe('own');
  });
});

test('the site speaks HTTP/3 and IPv6, from the cheaper edges', () => {
  expect(config).toMatchObject({ HttpVersion: 'http2and3', IPV6Enabled: true, PriceClass: 'PriceClass_100' });
});

test('authors come back to /admin/ alone, with a code and no secret', () => {
  const client = onlyOne(resources, 'AWS::Cognito::UserPoolClient').Properties;

  expect(client).toMatchObject({
    GenerateSecret: false,
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid', 'email', 'stoa/write'],
    ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
  });
  expect((client.CallbackURLs as unknown[]).map(plain)).toEqual(['https://<Distribution830FAC52.DomainName>/admin/']);
});

test("the login has Cognito's own style, without which it has no page", () => {
  expect(onlyOne(resources, 'AWS::Cognito::ManagedLoginBranding').Properties).toMatchObject({
    ClientId: { Ref: 'Client' },
    UseCognitoProvidedValues: true,
  });
});

describe('what the build made', () => {
  const deployments = ofType(resources, 'Custom::CDKBucketDeployment').map(([, { Properties }]) => Properties);
  const under = (prefix: string) =>
    deployments.find(({ DestinationBucketKeyPrefix }) => DestinationBucketKeyPrefix === prefix);

  test('assets are kept for ever, and older ones stay', () => {
    expect(under('assets/')).toMatchObject({
      Prune: false,
      SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
    });
  });

  test("the authors' room is asked for anew each time, and may reach the sign-in service alone", () => {
    const admin = under('admin/') as { Prune: boolean; SystemMetadata: object; UserMetadata: Record<string, unknown> };

    expect(admin).toMatchObject({ Prune: false, SystemMetadata: { 'cache-control': 'no-cache' } });
    expect(admin.UserMetadata['csp-style']).toMatch(/^sha256-/);
    expect(plain(admin.UserMetadata['csp-connect'])).toMatch(
      /^https:\/\/cognito-idp\.<AWS::Region>\.amazonaws\.com https:\/\/<.*>\.auth\.<AWS::Region>\.amazoncognito\.com https:\/\/<Uploads[0-9A-F]{8}\.RegionalDomainName>$/,
    );
  });
});

test('another provider by the settings is whom the room sends authors to, and whose tokens the API takes', () => {
  const signIn = { issuer: 'https://login.example.org/', clientId: 'stoa', endpoints: ['https://tokens.example.org'] };
  const changed = resourcesOf(makeStacks({}, { signIn }).site);

  const [, authorizer] = ofType(changed, 'AWS::ApiGatewayV2::Authorizer')[0] ?? [];
  expect(authorizer?.Properties.JwtConfiguration).toEqual({ Audience: ['stoa'], Issuer: 'https://login.example.org/' });
  const reached = ofType(changed, 'Custom::CDKBucketDeployment').flatMap(([, { Properties }]) => {
    const { 'csp-connect': connect } = (Properties.UserMetadata ?? {}) as Record<string, unknown>;
    return connect ? [plain(connect)] : [];
  });
  expect(reached).toEqual([
    expect.stringMatching(/^https:\/\/login\.example\.org https:\/\/tokens\.example\.org https:\/\/<Uploads/),
  ]);
});

/** CloudFront takes the first pattern that fits; `*` is any number of characters, slashes too. */
function behaviourFor(path: string): Behaviour {
  const fits = (pattern: string) =>
    new RegExp(`^${pattern.replace(/[.+^$]/g, '\\$&').replaceAll('*', '.*')}$`).test(path);
  return behaviours.find(({ PathPattern }) => fits(PathPattern)) as Behaviour;
}

function originOf({ TargetOriginId }: Behaviour) {
  return config.Origins.find(({ Id }) => Id === TargetOriginId) ?? { DomainName: '' };
}
