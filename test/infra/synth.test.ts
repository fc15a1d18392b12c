import { type App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { manifest } from '../../functions/manifest.ts';
import type { Options } from '../../infra/aws/options.ts';
import { readOptions } from '../../infra/aws/options.ts';
import { makeStacks, ofType, onlyOne, plain, type Resource, resourcesOf } from '../support/stacks.ts';

const DOMAIN = { name: 'blog.example.org', zone: 'Z0123456789' };
const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d';

describe.each<[string, Partial<Options>, object]>([
  ['without a domain', {}, {}],
  ['with a domain', {}, { aws: { domain: DOMAIN } }],
  ['with a domain, in another region than its certificate', { region: 'eu-west-1' }, { aws: { domain: DOMAIN } }],
  ['with a certificate', {}, { aws: { domain: { name: DOMAIN.name, certificate: CERTIFICATE } } }],
])('%s', (_name, options, settings) => {
  test('cdk-nag finds nothing that is not accepted with a reason, and CDK warns of nothing', () => {
    const { app, state, site } = makeStacks(options, settings);
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
  const before = resourcesOf(makeStacks().site);
  const after = resourcesOf(makeStacks({}, { aws: { originSecret: 2 } }).site);

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

test('the rotation after that drops the oldest secret: two are accepted at any time', () => {
  const secrets = [1, 2, 3, 4].map((originSecret) =>
    ofType(resourcesOf(makeStacks({}, { aws: { originSecret } }).site), 'AWS::SecretsManager::Secret')
      .map(([id]) => Number(/^OriginSecret(\d)/.exec(id)?.[1]))
      .toSorted(),
  );

  expect(secrets).toEqual([[1], [1, 2], [2, 3], [3, 4]]);
});

test('a site with a domain has its records, its certificate, TLS 1.2 and its address in the settings', () => {
  const { site } = makeStacks({}, { aws: { domain: DOMAIN } });
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

test('a certificate that is there is taken, no other made; without a zone, the records are for whoever keeps the DNS', () => {
  const make = (domain: object) =>
    makeStacks({}, { aws: { domain: { name: DOMAIN.name, certificate: CERTIFICATE, ...domain } } });
  const elsewhere = make({});
  const both = make({ zone: DOMAIN.zone });

  const records = ({ site }: typeof both) => ofType(resourcesOf(site), 'AWS::Route53::RecordSet');
  for (const { app, site } of [elsewhere, both]) {
    expect(app.node.children.filter(Stack.isStack)).toHaveLength(2);
    expect(onlyOne(resourcesOf(site), 'AWS::CloudFront::Distribution').Properties.DistributionConfig).toMatchObject({
      Aliases: [DOMAIN.name],
      ViewerCertificate: { AcmCertificateArn: CERTIFICATE },
    });
  }
  expect(records(elsewhere)).toEqual([]);
  expect(records(both)).toHaveLength(2);
});

test('every log is kept for as many days as the settings say, in both stacks', () => {
  const { state, site } = makeStacks({}, { aws: { logDays: 7 } });
  const logs = [state, site].flatMap((stack) => ofType(resourcesOf(stack), 'AWS::Logs::LogGroup'));

  expect(logs.length).toBeGreaterThan(Object.keys(manifest).length);
  for (const [, { Properties }] of logs) expect(Properties.RetentionInDays).toBe(7);
});

test('functions are told the settings, but not those of the stacks', () => {
  const { site } = makeStacks({}, { site: { title: 'Mine' }, aws: { logDays: 7 } });
  const told = ofType(resourcesOf(site), 'AWS::Lambda::Function').flatMap(([, { Properties }]) => {
    const { Variables } = (Properties.Environment ?? {}) as { Variables?: { STOA_SETTINGS?: string } };
    return Variables?.STOA_SETTINGS ? [JSON.parse(Variables.STOA_SETTINGS)] : [];
  });

  expect(told).toHaveLength(Object.keys(manifest).length);
  for (const each of told) {
    expect(each.site.title).toBe('Mine');
    expect(each).not.toHaveProperty('aws');
  }
});

describe('options', () => {
  const read = (env: Record<string, string>, context: Record<string, unknown> = {}) =>
    readOptions({ tryGetContext: (name: string) => context[name] }, env);

  test('stand without any', () => {
    expect(read({})).toEqual({ stage: 'prod', region: 'us-east-1' });
  });

  test('are taken from the context before the environment', () => {
    expect(read({ STOA_STAGE: 'prod', CDK_DEFAULT_REGION: 'eu-west-1' }, { stage: 'next' })).toEqual({
      stage: 'next',
      region: 'eu-west-1',
    });
  });

  test.each(['Prod', 'my-aws', 'next-', '1st', 'a'.repeat(21)])('refuse the stage %s, and say what to try', (stage) => {
    expect(() => read({ STOA_STAGE: stage })).toThrow(new RegExp(`STOA_STAGE.* got "${stage}": try "prod"$`));
  });
});
