import { type Alarm, AlarmStatusWidget, Dashboard, GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Metrics } from './metrics.ts';

/** What an alarm is about, over time. */
export function addDashboard(scope: Construct, metrics: Metrics, alarms: readonly Alarm[]): Dashboard {
  const { apiRequests, apiFaults, apiThrottled, apiLatency } = metrics;
  const graph = (title: string, left: IMetric[], right: IMetric[] = []) =>
    new GraphWidget({ title, left, right, width: 12, height: 6 });
  return new Dashboard(scope, 'Dashboard', {
    widgets: [
      [new AlarmStatusWidget({ alarms: [...alarms], width: 24, height: 3 })],
      [
        graph('Requests', [apiRequests], [apiFaults, apiThrottled]),
        graph('Latency: 99 of 100 took less, ms', [apiLatency]),
      ],
      [
        graph('Publishing: oldest change, ms', [metrics.publisherAge], [metrics.putAside]),
        graph('Functions: failed and throttled', [metrics.functionErrors, metrics.functionsThrottled]),
      ],
      [graph('Table: units', [metrics.tableReads, metrics.tableWrites], [metrics.tableThrottled])],
    ],
  });
}
