import { describe, expect, test } from 'vitest';
import { type FunctionName, type FunctionSpec, manifest, type SecretName } from '../../functions/manifest.ts';
import { makeStacks, ofType, onlyOne, plain, type Resource, type Resources, resourcesOf } from '../support/stacks.ts';

const { site } = makeStacks();
const resources = resourcesOf(site);
const names = Object.keys(manifest) as FunctionName[];
const specs = names.map((name): [FunctionName, FunctionSpec] => [name, manifest[name]]);

describe.each(specs)('%s', (name, spec) => {
  const lambda = partOf(name, 'AWS::Lambda::Function');

  test('runs as the manifest says', () => {
    expect(lambda.Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: [spec.native ? 'x86_64' : 'arm64'],
      MemorySize: spec.memoryMb,
      Timeout: spec.timeoutSeconds,
    });
  });

  test('keeps its log for 30 days', () => {
    expect(partOf(name, 'AWS::Logs::LogGroup').Properties).toMatchObject({ RetentionInDays: 30 });
  });

  test('has a role of its own that may do exactly what the manifest says, and write its log', () => {
    const role = partOf(name, 'AWS::IAM::Role');

    expect(role.Properties.ManagedPolicyArns).toBeUndefined();
    expect(permissionsOf(role)).toEqual(expectedPermissions(spec));
  });

  test('is told the names of what it may use, and of nothing else', () => {
    const { table, bucket, media, uploads, secrets = [] } = spec.access;
    const expected = [
      'STOA_SETTINGS',
      ...(table.length > 0 ? ['STOA_TABLE'] : []),
      ...(bucket || media ? ['STOA_BUCKET_URL'] : []),
      ...(uploads ? ['STOA_UPLOADS_URL'] : []),
      ...keysAmong(secrets).map((name) => `STOA_${name.toUpperCase()}_PARAMETER`),
      ...(secrets.includes('origin') ? ['STOA_ORIGIN_SECRETS'] : []),
    ];

    expect(Object.keys(variablesOf(lambda)).sort()).toEqual(expected.sort());
  });
});

test('nobody may Scan, and no action is a wildcard', () => {
  const actions = names.flatMap((name) => permissionsOf(partOf(name, 'AWS::IAM::Role')));

  expect(actions.filter((action) => /\*[^:]* on|:\*|Scan/.test(action.split(' on ')[0] ?? ''))).toEqual([]);
});

test('the origin secret is referred to, and not in the template', () => {
  const variable = plain(variablesOf(partOf('comments', 'AWS::Lambda::Function')).STOA_ORIGIN_SECRETS);

  expect(variable).toMatch(/^\{\{resolve:secretsmanager:<OriginSecret1[0-9A-F]{8}>:SecretString:::\}\}$/);
});

test('an origin secret is long, and of letters and digits alone: a comma parts two of them', () => {
  expect(onlyOne(resources, 'AWS::SecretsManager::Secret').Properties.GenerateSecretString).toEqual({
    PasswordLength: 64,
    ExcludePunctuation: true,
  });
});

test("the API's routes are the manifest's, with their authorizer and scope", () => {
  const routes = ofType(resources, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => [
    Properties.RouteKey,
    Properties.AuthorizationType ?? 'NONE',
    Properties.AuthorizationScopes ?? [],
    plain(Properties.Target).replace(/^integrations\//, ''),
  ]);

  const expected = specs.flatMap(([name, { routes = [] }]) =>
    routes.map(({ method, path, auth }) => [
      `${method} ${path}`,
      auth === 'public' ? 'NONE' : 'JWT',
      auth === 'public' ? [] : [auth.scope],
      integrationOf(name),
    ]),
  );
  expect(routes.sort()).toEqual(expected.sort());
});

test('the authorizer takes tokens of the user pool that were given to the site', () => {
  const authorizer = onlyOne(resources, 'AWS::ApiGatewayV2::Authorizer').Properties;

  expect(authorizer).toMatchObject({
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Audience: [{ Ref: 'Client' }] },
  });
  const { Issuer } = authorizer.JwtConfiguration as { Issuer: unknown };
  expect(plain(Issuer)).toMatch(/^https:\/\/cognito-idp\.<AWS::Region>\.amazonaws\.com\/<.*Accounts/);
});

test('every route is throttled as the settings say', () => {
  const rates = { comment: [5, 10], challenge: [10, 20], admin: [5, 10], subscribe: [1, 5], rest: [20, 40] };

  const expected = specs.flatMap(([, { routes = [] }]) =>
    routes.map(({ method, path, throttle }) => {
      const [ThrottlingRateLimit, ThrottlingBurstLimit] = rates[throttle];
      return [`${method} ${path}`, { ThrottlingRateLimit, ThrottlingBurstLimit }];
    }),
  );
  expect(onlyOne(resources, 'AWS::ApiGatewayV2::Stage').Properties.RouteSettings).toEqual(Object.fromEntries(expected));
});

test('a throttle that the settings switch off is none', () => {
  const one = resourcesOf(makeStacks({}, { limits: { throttle: { comment: null } } }).site);
  const all = resourcesOf(makeStacks({}, { limits: { throttle: null } }).site);

  const settings = (of: Resources) =>
    Object.keys(onlyOne(of, 'AWS::ApiGatewayV2::Stage').Properties.RouteSettings ?? {});
  expect(settings(one)).not.toContain('POST /api/posts/{slug}/comments');
  expect(settings(one)).toContain('GET /api/posts');
  expect(settings(all)).toEqual([]);
});

test('the stage waits for the routes that it throttles, and allows no other site in', () => {
  const stage = onlyOne(resources, 'AWS::ApiGatewayV2::Stage');

  for (const [id] of ofType(resources, 'AWS::ApiGatewayV2::Route')) expect(stage.DependsOn).toContain(id);
  expect(onlyOne(resources, 'AWS::ApiGatewayV2::Api').Properties.CorsConfiguration).toBeUndefined();
});

test('the access log holds no address, path, query or user agent', () => {
  const { AccessLogSettings } = onlyOne(resources, 'AWS::ApiGatewayV2::Stage').Properties;
  const { Format } = AccessLogSettings as { Format: string };

  expect(Object.values(JSON.parse(Format))).toEqual([
    '$context.requestId',
    '$context.requestTimeEpoch',
    '$context.routeKey',
    '$context.status',
    '$context.responseLatency',
    '$context.integrationLatency',
    '$context.integrationErrorMessage',
    '$context.authorizer.error',
  ]);
});

test.each(['publisher', 'slowLane'] as const)(
  '%s follows the stream with its filters, and one bad record holds up nobody',
  (name) => {
    const { stream } = manifest[name];
    const [id, { Properties: mapping }] = ofType(resources, 'AWS::Lambda::EventSourceMapping').find(
      ([, { Properties }]) => plain(Properties.FunctionName) === `<${idOf(name, 'AWS::Lambda::Function')}>`,
    ) as [string, Resource];

    expect(mapping).toMatchObject({
      BatchSize: stream.batchSize,
      MaximumBatchingWindowInSeconds: stream.windowSeconds,
      MaximumRetryAttempts: stream.retries,
      MaximumRecordAgeInSeconds: stream.maxAgeSeconds,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      StartingPosition: 'TRIM_HORIZON',
      FilterCriteria: { Filters: stream.filters.map((filter) => ({ Pattern: JSON.stringify(filter) })) },
    });
    expect(id).toContain(name);
    expect(plain(mapping.EventSourceArn)).toMatch(/Table.*StreamArn/);
    const { OnFailure } = mapping.DestinationConfig as { OnFailure: { Destination: unknown } };
    expect(plain(OnFailure.Destination)).toMatch(/Failures.*Arn/);
  },
);

test('the stream has two readers: what a third would wait for comes through a queue', () => {
  expect(ofType(resources, 'AWS::Lambda::EventSourceMapping')).toHaveLength(2);
});

test('functions with a schedule run by it', () => {
  const all = ofType(resources, 'AWS::Events::Rule').filter(([, { Properties }]) => Properties.ScheduleExpression);
  const rules = all.map(([, { Properties }]) => {
    const [target] = Properties.Targets as [{ Arn: unknown }];
    return [plain(target.Arn), Properties.ScheduleExpression];
  });

  const expected = specs
    .filter(([, { schedule }]) => schedule)
    .map(([name, { schedule }]) => [`<${idOf(name, 'AWS::Lambda::Function')}.Arn>`, schedule]);
  expect(rules.sort()).toEqual(expected.sort());
});

test('another look of the pages is another version of republish, which runs after the assets are there', () => {
  const other = resourcesOf(makeStacks({}, { site: { title: 'Another' } }).site);

  const version = (of: Resources) => plain(triggerOf(of, 'Republish').Properties.HandlerArn);
  expect(version(other)).not.toBe(version(resources));
  expect(version(resourcesOf(makeStacks().site))).toBe(version(resources));
  const [[assets]] = ofType(resources, 'Custom::CDKBucketDeployment') as [[string, Resource]];
  expect(triggerOf(resources, 'Republish').DependsOn).toContain(assets);
});

test('renew runs when no function of the version before is left to write', () => {
  const lambdas = names.map((name) => idOf(name, 'AWS::Lambda::Function'));

  expect(triggerOf(resources, 'Renew').DependsOn).toEqual(expect.arrayContaining(lambdas));
});

function triggerOf(of: Resources, id: string): Resource {
  const [, trigger] = ofType(of, 'Custom::Trigger').find(([found]) => found.startsWith(id)) ?? [];
  if (!trigger) throw new Error(`no trigger ${id}`);
  return trigger;
}

test('the key of a second opinion is read by whoever asks for it, and only where the settings do', () => {
  const opinion = { service: 'akismet' };
  const asking = resourcesOf(makeStacks({}, { opinion, site: { address: 'https://blog.example.org' } }).site);

  const readers = (of: Resources) =>
    ofType(of, 'AWS::IAM::Role')
      .filter(([, { Properties }]) => JSON.stringify(Properties).includes('/stoa/test/opinion-key'))
      .map(([id]) => id.replace(/Role[0-9A-F]{8}$/, ''));
  expect(readers(resources)).toEqual([]);
  expect(readers(asking)).toEqual(['Functionscomments']);
  const [, lambda] = ofType(asking, 'AWS::Lambda::Function').find(([id]) => id.startsWith('Functionscomments')) ?? [];
  expect(lambda && variablesOf(lambda)).toMatchObject({
    STOA_OPINION_PARAMETER: '/stoa/test/opinion-key',
    STOA_URL: 'https://blog.example.org',
  });
  expect(() => makeStacks({}, { opinion })).toThrow('the site has no address');
});

function idOf(name: FunctionName, type: string): string {
  const [id = ''] = ofType(resources, type)
    .map(([found]) => found)
    .filter((found) => found.startsWith(`Functions${name}`));
  return id;
}

function partOf(name: FunctionName, type: string): Resource {
  return resources[idOf(name, type)] as Resource;
}

const variablesOf = ({ Properties }: Resource) =>
  (Properties.Environment as { Variables: Record<string, unknown> }).Variables;

function integrationOf(name: FunctionName): string {
  const [id] = ofType(resources, 'AWS::ApiGatewayV2::Integration').find(([, { Properties }]) =>
    plain(Properties.IntegrationUri).includes(idOf(name, 'AWS::Lambda::Function')),
  ) ?? [''];
  return `<${id}>`;
}

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
}

/** Every action with what it is for, as `Allow s3:PutObject on Pages/*`. */
function permissionsOf({ Properties }: Resource): string[] {
  const policies = Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[];
  return policies
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap(({ Effect, Action, Resource }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((on) => `${Effect} ${action} on ${short(plain(on))}`)),
    )
    .sort();
}

/** The origin secret is no parameter, and the key of a second opinion is read only where the settings ask for one. */
const keysAmong = (secrets: readonly SecretName[]) => secrets.filter((name) => name !== 'origin' && name !== 'opinion');

const short = (arn: string) =>
  arn
    .replace(/^<[\w-]+:ExportsOutputFnGetAtt(Table|Pages|Failures)[0-9A-F]{8}(Stream)?Arn[0-9A-F]{8}>/, '$1$2')
    .replace(/^<Uploads[0-9A-F]{8}\.Arn>/, 'Uploads')
    .replace(/^<Functions\w+Log[0-9A-F]{8}\.Arn>$/, 'its log')
    .replace(/^arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:parameter/, '');

function expectedPermissions({ access, stream }: FunctionSpec): string[] {
  const { table, indexes = [], bucket = [], media = [], uploads = [], secrets = [] } = access;
  return [
    'Allow logs:CreateLogStream on its log',
    'Allow logs:PutLogEvents on its log',
    ...table.map((action) => `Allow dynamodb:${action} on Table`),
    ...indexes.map((index) => `Allow dynamodb:Query on Table/index/${index}`),
    ...bucket.map((action) => `Allow s3:${action} on Pages/*`),
    ...(bucket.length > 0
      ? ['PutObject', 'DeleteObject'].flatMap((action) =>
          ['assets', 'admin', 'media'].map((prefix) => `Deny s3:${action} on Pages/${prefix}/*`),
        )
      : []),
    ...media.map((action) => `Allow s3:${action} on Pages/media/*`),
    ...uploads.map((action) => `Allow s3:${action} on Uploads/*`),
    ...keysAmong(secrets).map((name) => `Allow ssm:GetParameter on /stoa/test/${name}-key`),
    ...(stream
      ? [
          'Allow dynamodb:DescribeStream on TableStream',
          'Allow dynamodb:GetRecords on TableStream',
          'Allow dynamodb:GetShardIterator on TableStream',
          'Allow dynamodb:ListStreams on *',
          'Allow s3:PutObject on Failures/*',
          'Allow s3:ListBucket on Failures',
        ]
      : []),
  ].sort();
}
