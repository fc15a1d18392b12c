import type { App } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import type { Options } from '../../infra/aws/options.ts';
import { readOptions } from '../../infra/aws/options.ts';
import { makeStacks, ofType, onlyOne, plain, type Resource, resourcesOf } from '../support/stacks.ts';

const DOMAIN = { name: 'blog.example.org', zoneId: 'Z0123456789' };

describe.each<[string, Partial<Options>]>([
  ['without a domain', {}],
  ['with a domain', { domain: DOMAIN }],
  ['with a domain, in another region than its certificate', { domain: DOMAIN, region: 'eu-west-1' }],
])('%s', (_name, options) => {
  test('cdk-nag finds nothing that is not accepted with a reason, and CDK warns of nothing', () => {
    const { app, state, site } = makeStacks(options);
    app.synth();

    expect(violationsIn(app)).toEqual([]);
    for (const stack of [state, site])
      expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });
});

test('cdk-nag finds a bucket that somebody adds without care', () => {
  const { app, site } = makeStacks();
  new Bucket(site, 'Careless');

  expect(violationsIn(app)).toContain('AwsSolutions-S10');
});

const violationsIn = (app: App) =>
  new AwsSolutionsChecks(app).validateScope(app).violations.map(({ ruleName }) => ruleName);

test('two stages fit into one account', () => {
  const names = ['prod', 'next'].map((stage) => {
    const { state, site } = makeStacks({ stage });
    const named = Object.values({ ...resourcesOf(state), ...resourcesOf(site) }).flatMap(physicalNames);
    return [state.stackName, site.stackName, ...named];
  });

  expect(names[0]?.filter((name) => names[1]?.includes(name))).toEqual([]);
});

/** Names that must differ within an account, as far as a template gives them. */
function physicalNames({ Type, Properties }: Resource): string[] {
  if (Type === 'AWS::CloudFront::Function') return [plain(Properties.Name)];
  if (Type === 'AWS::Cognito::UserPoolDomain') return [plain(Properties.Domain)];
  if (Type === 'Custom::IdentityKey') return [plain(Properties.Name)];
  const config = Object.entries(Properties).find(([key]) => /^AWS::CloudFront::/.test(Type) && key.endsWith('Config'));
  const name = (config?.[1] as { Name?: unknown } | undefined)?.Name;
  return name ? [plain(name)] : [];
}

test('a rotation sends the new secret after the functions know it beside the one before', () => {
  const before = resourcesOf(makeStacks({ originSecret: 1 }).site);
  const after = resourcesOf(makeStacks({ originSecret: 2 }).site);

  const secrets = (of: typeof before) => ofType(of, 'AWS::SecretsManager::Secret').map(([id]) => id);
  const [first] = secrets(before) as [string];
  const [second] = secrets(after).filter((id) => id !== first) as [string];
  expect(secrets(after)).toContain(first);
  const distribution = onlyOne(after, 'AWS::CloudFront::Distribution');
  expect(JSON.stringify(distribution)).toContain(second);
  expect(JSON.stringify(distribution)).not.toContain(first);
  for (const [id, { Properties }] of ofType(after, 'AWS::Lambda::Function')) {
    const variables = (Properties.Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables;
    if (!variables?.STOA_ORIGIN_SECRETS) continue;
    const [current, previous, ...others] = plain(variables.STOA_ORIGIN_SECRETS).split(',');
    expect(current).toContain(second);
    expect(previous).toContain(first);
    expect(others).toEqual([]);
    expect(distribution.DependsOn).toContain(id);
  }
});

test('a site with a domain has its records, its certificate, TLS 1.2 and its address in the settings', () => {
  const { site } = makeStacks({ domain: DOMAIN });
  const resources = resourcesOf(site);

  const records = ofType(resources, 'AWS::Route53::RecordSet').map(([, { Properties }]) => Properties);
  expect(records.map(({ Name, Type }) => [Name, Type])).toEqual([
    ['blog.example.org.', 'A'],
    ['blog.example.org.', 'AAAA'],
  ]);
  expect(onlyOne(resources, 'AWS::CloudFront::Distribution').Properties.DistributionConfig).toMatchObject({
    Aliases: ['blog.example.org'],
    ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
  });
  expect(onlyOne(resources, 'AWS::Cognito::UserPoolClient').Properties.CallbackURLs).toEqual([
    'https://blog.example.org/admin/',
  ]);
  expect(JSON.stringify(resources)).toContain('\\"address\\":\\"https://blog.example.org\\"');
});

describe('options', () => {
  const read = (env: Record<string, string>, context: Record<string, unknown> = {}) =>
    readOptions({ tryGetContext: (name: string) => context[name] }, env);

  test('stand without any', () => {
    expect(read({})).toEqual({ stage: 'prod', originSecret: 1, region: 'us-east-1' });
  });

  test('are taken from the context before the environment', () => {
    const context = { stage: 'next', domain: 'a.example', zone: 'Z1', originSecret: 3 };

    expect(read({ STOA_STAGE: 'prod', STOA_DOMAIN: 'b.example', CDK_DEFAULT_REGION: 'eu-west-1' }, context)).toEqual({
      stage: 'next',
      domain: { name: 'a.example', zoneId: 'Z1' },
      originSecret: 3,
      region: 'eu-west-1',
    });
  });

  test.each([
    [{ STOA_STAGE: 'Prod' }, 'got "Prod"'],
    [{ STOA_STAGE: 'my-aws' }, 'got "my-aws"'],
    [{ STOA_DOMAIN: 'a.example' }, 'hosted zone is not named'],
    [{ STOA_ZONE: 'Z1' }, 'domain is not named'],
    [{ STOA_ORIGIN_SECRET: '0' }, 'got "0"'],
  ])('that cannot be are refused by name: %j', (env, message) => {
    expect(() => read(env as Record<string, string>)).toThrow(message);
  });
});
