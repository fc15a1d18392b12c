import type { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { type FunctionName, type FunctionSpec, manifest } from '../../functions/manifest.ts';
import type { Functions } from './functions.ts';

/** The functions that hear what became of mails. */
export function addMailFeedback(feedback: Topic, functions: Functions): void {
  for (const name of Object.keys(manifest) as FunctionName[]) {
    const { mailFeedback }: FunctionSpec = manifest[name];
    if (mailFeedback) feedback.addSubscription(new LambdaSubscription(functions[name]));
  }
}
