import type { Stack } from 'aws-cdk-lib';
import type { Settings } from '../../functions/domain/settings.ts';
import { addAlarmTopic } from './alarm-topic.ts';
import { addAlarms } from './alarms.ts';
import { addBudget } from './budget.ts';
import { addDashboard } from './dashboard.ts';
import { type Measured, metricsOf } from './metrics.ts';

/** What tells the operator that something is wrong, and shows what. Gives the dashboard's name. */
export function addOperations(
  scope: Stack,
  measured: Measured,
  told: Settings['aws']['alarms'],
): { dashboard: string } {
  const topic = addAlarmTopic(scope, told);
  const metrics = metricsOf(scope, measured);
  const alarms = addAlarms(scope, metrics, topic);
  if (told.budget !== null) addBudget(scope, told.budget, topic);
  return { dashboard: addDashboard(scope, metrics, alarms).dashboardName };
}
