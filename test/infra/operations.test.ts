import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type FunctionSpec, manifest } from '../../functions/manifest.ts';
import { makeStacks, ofType, onlyOne, plain, type Resource, resourcesOf } from '../support/stacks.ts';

const resources = resourcesOf(makeStacks().site);
const alarms = ofType(resources, 'AWS::CloudWatch::Alarm');
const topic = `<${ofType(resources, 'AWS::SNS::Topic')[0]?.[0]}>`;

interface MetricData {
  Expression?: string;
  MetricStat?: { Metric: { MetricName: string; Dimensions?: { Name: string; Value: unknown }[] } };
}

/** `IteratorAge of FunctionName <…>`, for each metric that an alarm looks at. */
function metricsOf({ Properties }: Resource): string[] {
  const { Metrics, MetricName, Dimensions } = Properties as { Metrics?: MetricData[] } & Record<string, never>;
  const single = [{ MetricStat: { Metric: { MetricName, Dimensions } } }] as unknown as MetricData[];
  return (Metrics ?? single).flatMap(({ MetricStat }) => {
    if (!MetricStat) return [];
    const { MetricName: name, Dimensions: dimensions = [] } = MetricStat.Metric;
    return [[name, ...dimensions.map(({ Name, Value }) => `${Name} ${plain(Value)}`)].join(' of ')];
  });
}

const idOf = ({ Properties }: Resource) => String(Properties.AlarmDescription).split('#')[1] ?? '';
const byId = Object.fromEntries(alarms.map(([, alarm]) => [idOf(alarm), alarm]));

test('every alarm has its page in the runbook, which its message names', () => {
  const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
  const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, words = '']) => words);
  const anchors = headings.map((words) =>
    words
      .toLowerCase()
      .replaceAll(' ', '-')
      .replace(/[^a-z-]/g, ''),
  );

  expect(Object.keys(byId).length).toBe(alarms.length);
  for (const id of [...Object.keys(byId), 'the-month-is-dear']) expect(anchors).toContain(id);
});

test('an alarm that is raised, and its end, are told to the topic', () => {
  for (const [, { Properties }] of alarms) {
    expect([Properties.AlarmActions, Properties.OKActions].map((to) => (to as unknown[]).map(plain))).toEqual([
      [topic],
      [topic],
    ]);
    expect(Properties.TreatMissingData).toBe('notBreaching');
  }
});

test('they look at what the manifest deploys', () => {
  const named = (name: string) =>
    `<${ofType(resources, 'AWS::Lambda::Function').find(([id]) => id.startsWith(`Functions${name}`))?.[0]}>`;
  const unasked = Object.entries(manifest).filter(([, spec]) => !(spec as FunctionSpec).routes);
  const mappings = ofType(resources, 'AWS::Lambda::EventSourceMapping');

  const watched = Object.fromEntries(Object.entries(byId).map(([id, alarm]) => [id, metricsOf(alarm)]));
  expect(watched).toEqual({
    'a-function-fails': unasked.map(([name]) => `Errors of FunctionName ${named(name)}`),
    'publishing-is-late': [`IteratorAge of FunctionName ${named('publisher')}`],
    'changes-were-put-aside': mappings.map(
      ([id]) => `OnFailureDestinationDeliveredEventCount of EventSourceMappingUUID <${id}>`,
    ),
    'the-api-fails': [expect.stringMatching(/^5xx of ApiId <Api/)],
    'the-api-is-slow': [expect.stringMatching(/^Latency of ApiId <Api/)],
    'requests-are-throttled': ['ThrottledRequests'],
    'functions-are-throttled': ['Throttles'],
    'the-table-is-throttled': [
      expect.stringMatching(/^ReadThrottleEvents of TableName <.*Table/),
      expect.stringMatching(/^WriteThrottleEvents of TableName <.*Table/),
    ],
  });
  for (const [, { Properties }] of mappings) expect(Properties.MetricsConfig).toEqual({ Metrics: ['EventCount'] });
});

test('a 429 is counted from the access log, for each stage apart', () => {
  const filterOf = (stage: string) =>
    onlyOne(resourcesOf(makeStacks({ stage }).site), 'AWS::Logs::MetricFilter').Properties;

  expect(filterOf('prod')).toMatchObject({
    FilterPattern: '{ $.status = "429" }',
    MetricTransformations: [{ MetricNamespace: 'stoa-prod-site', MetricName: 'ThrottledRequests', MetricValue: '1' }],
  });
  expect(filterOf('next').MetricTransformations).toMatchObject([{ MetricNamespace: 'stoa-next-site' }]);
});

test('the topic takes messages over TLS alone, from alarms and budgets', () => {
  const { PolicyDocument } = onlyOne(resources, 'AWS::SNS::TopicPolicy').Properties as {
    PolicyDocument: { Statement: { Effect: string; Principal: { Service?: string } | string; Condition?: object }[] };
  };

  const told = PolicyDocument.Statement.map(({ Effect, Principal, Condition }) => [
    Effect,
    typeof Principal === 'string' ? Principal : (Principal.Service ?? '*'),
    Condition ?? null,
  ]);
  expect(told).toEqual(
    expect.arrayContaining([
      ['Deny', '*', { Bool: { 'aws:SecureTransport': 'false' } }],
      ['Allow', 'cloudwatch.amazonaws.com', null],
      ['Allow', 'budgets.amazonaws.com', null],
    ]),
  );
  expect(told).toHaveLength(3);
});

test('the operator is told by mail where the settings name an address, and no function is told of it', () => {
  const { site } = makeStacks({}, { aws: { alarms: { email: 'ops@example.org' } } });
  const mailed = resourcesOf(site);

  expect(onlyOne(mailed, 'AWS::SNS::Subscription').Properties).toMatchObject({
    Protocol: 'email',
    Endpoint: 'ops@example.org',
  });
  expect(ofType(resources, 'AWS::SNS::Subscription')).toEqual([]);
  expect(JSON.stringify(ofType(mailed, 'AWS::Lambda::Function'))).not.toContain('ops@example.org');
});

test('a month has a budget, which the settings may change or switch off', () => {
  const budgetOf = (settings: object) => ofType(resourcesOf(makeStacks({}, settings).site), 'AWS::Budgets::Budget');
  const { Budget, NotificationsWithSubscribers } = onlyOne(resources, 'AWS::Budgets::Budget').Properties as {
    Budget: object;
    NotificationsWithSubscribers: { Notification: object; Subscribers: { Address: unknown }[] }[];
  };

  expect(Budget).toMatchObject({ BudgetLimit: { Amount: 10, Unit: 'USD' }, TimeUnit: 'MONTHLY' });
  expect(
    NotificationsWithSubscribers.map(({ Notification, Subscribers }) => [
      Notification,
      Subscribers.map(({ Address }) => plain(Address)),
    ]),
  ).toMatchObject([
    [{ NotificationType: 'ACTUAL', Threshold: 80 }, [topic]],
    [{ NotificationType: 'FORECASTED', Threshold: 100 }, [topic]],
  ]);
  expect(budgetOf({ aws: { alarms: { budget: 3 } } })[0]?.[1].Properties.Budget).toMatchObject({
    BudgetLimit: { Amount: 3 },
  });
  expect(budgetOf({ aws: { alarms: { budget: null } } })).toEqual([]);
});

test('the dashboard shows all that alarms look at', () => {
  const { DashboardBody } = onlyOne(resources, 'AWS::CloudWatch::Dashboard').Properties;
  const body = JSON.stringify(DashboardBody);

  const names = alarms.flatMap(([, alarm]) => metricsOf(alarm)).map((metric) => metric.split(' of ')[0] ?? '');
  for (const name of names) expect(body).toContain(name);
  for (const [id] of alarms) expect(body).toContain(id);
});
