import { Duration, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { type FunctionName, type FunctionSpec, manifest } from '../../functions/manifest.ts';
import type { Functions } from './functions.ts';
import type { StateStack } from './state-stack.ts';

export interface Metrics {
  functionErrors: IMetric;
  functionsThrottled: IMetric;
  publisherAge: IMetric;
  putAside: IMetric;
  apiRequests: IMetric;
  apiFaults: IMetric;
  apiLatency: IMetric;
  apiThrottled: IMetric;
  tableThrottled: IMetric;
  tableReads: IMetric;
  tableWrites: IMetric;
}

export interface Measured {
  state: StateStack;
  functions: Functions;
  /** By the function that follows the stream. */
  streams: Readonly<Record<string, EventSourceMapping>>;
  api: HttpApi;
  accessLog: ILogGroup;
}

const EVERY = { period: Duration.minutes(5) };
const SUM = { ...EVERY, statistic: Stats.SUM };

/** From AWS and free of charge, but for `putAside` and `apiThrottled`, which are custom metrics. */
export function metricsOf(scope: Construct, { state, functions, streams, api, accessLog }: Measured): Metrics {
  const { table } = state;
  return {
    functionErrors: total(
      unasked().map((name) => functions[name].metricErrors(SUM)),
      'Errors',
    ),
    functionsThrottled: new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', ...SUM }),
    publisherAge: functions.publisher.metric('IteratorAge', { ...EVERY, statistic: Stats.MAXIMUM }),
    putAside: total(Object.values(streams).map(putAside), 'Put aside'),
    apiRequests: api.metricCount(SUM),
    apiFaults: api.metricServerError(SUM),
    apiLatency: api.metricLatency({ ...EVERY, statistic: Stats.percentile(99) }),
    apiThrottled: throttled(scope, accessLog),
    tableThrottled: total(
      [table.metric('ReadThrottleEvents', SUM), table.metric('WriteThrottleEvents', SUM)],
      'Throttled',
    ),
    tableReads: table.metricConsumedReadCapacityUnits(SUM),
    tableWrites: table.metricConsumedWriteCapacityUnits(SUM),
  };
}

const putAside = ({ eventSourceMappingId }: EventSourceMapping) =>
  new Metric({
    namespace: 'AWS/Lambda',
    metricName: 'OnFailureDestinationDeliveredEventCount',
    dimensionsMap: { EventSourceMappingUUID: eventSourceMappingId },
    ...SUM,
  });

/** Functions whose failure no request shows. */
function unasked(): FunctionName[] {
  return (Object.keys(manifest) as FunctionName[]).filter((name) => !(manifest[name] as FunctionSpec).routes);
}

function total(metrics: readonly IMetric[], label: string): MathExpression {
  const usingMetrics = Object.fromEntries(metrics.map((metric, i) => [`m${i}`, metric]));
  const expression = Object.keys(usingMetrics)
    .map((name) => `FILL(${name}, 0)`)
    .join(' + ');
  return new MathExpression({ expression, usingMetrics, label, ...EVERY });
}

/** API Gateway counts a 429 among all 4xx, so that it is counted from the access log. */
function throttled(scope: Construct, accessLog: ILogGroup): Metric {
  const filter = accessLog.addMetricFilter('Throttled', {
    filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
    metricNamespace: Stack.of(scope).stackName,
    metricName: 'ThrottledRequests',
  });
  return filter.metric(SUM);
}
