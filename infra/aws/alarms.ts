import { Duration } from 'aws-cdk-lib';
import { Alarm, type AlarmProps, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Metrics } from './metrics.ts';

interface Trouble {
  what: string;
  metric: IMetric;
  threshold: number;
  /** Five minutes each. */
  periods?: number;
}

/** Each one is a heading of docs/runbook.md, and raised only by what somebody should look at. */
export function addAlarms(scope: Construct, metrics: Metrics, topic: Topic): Alarm[] {
  const action = new SnsAction(topic);
  return Object.entries(troubles(metrics)).map(([id, { what, metric, threshold, periods = 1 }]) => {
    const alarm = new Alarm(scope, `Alarm-${id}`, {
      ...ALIKE,
      metric,
      threshold,
      evaluationPeriods: periods,
      alarmDescription: `${what}: docs/runbook.md#${id}`,
    });
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    return alarm;
  });
}

const ALIKE = {
  comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  treatMissingData: TreatMissingData.NOT_BREACHING,
} satisfies Partial<AlarmProps>;

function troubles(metrics: Metrics): Record<string, Trouble> {
  return {
    'a-function-fails': {
      what: 'A function that answers no request threw, ran out of time or out of memory',
      metric: metrics.functionErrors,
      threshold: 1,
    },
    'publishing-is-late': {
      what: 'A change has waited for five minutes to be published',
      metric: metrics.publisherAge,
      threshold: Duration.minutes(5).toMilliseconds(),
      periods: 2,
    },
    'changes-were-put-aside': {
      what: 'Changes that could not be published, or mailed about, were put aside',
      metric: metrics.putAside,
      threshold: 1,
    },
    'the-api-fails': { what: 'The API answered with 500 or more', metric: metrics.apiFaults, threshold: 5 },
    'the-api-is-slow': {
      what: 'One request in a hundred took three seconds or longer',
      metric: metrics.apiLatency,
      threshold: 3_000,
      periods: 3,
    },
    'requests-are-throttled': {
      what: 'The API turned requests away with 429',
      metric: metrics.apiThrottled,
      threshold: 50,
    },
    'functions-are-throttled': {
      what: 'Lambda ran no more functions at once in this region',
      metric: metrics.functionsThrottled,
      threshold: 1,
    },
    'the-table-is-throttled': {
      what: 'The table turned reads or writes away',
      metric: metrics.tableThrottled,
      threshold: 1,
      periods: 2,
    },
  };
}
