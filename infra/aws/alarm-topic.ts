import type { Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Settings } from '../../functions/domain/settings.ts';

/** Where alarms go; by mail once the operator has confirmed the mail that SNS sends first. Over TLS, not with a key of its own: docs/decisions. */
export function addAlarmTopic(scope: Stack, { email }: Settings['aws']['alarms']): Topic {
  const topic = new Topic(scope, 'Alarms', { enforceSSL: true, displayName: scope.stackName });
  for (const service of ['cloudwatch', 'budgets']) topic.grantPublish(new ServicePrincipal(`${service}.amazonaws.com`));
  if (email) topic.addSubscription(new EmailSubscription(email));
  return topic;
}
