import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { InvocationType, Trigger } from 'aws-cdk-lib/triggers';
import type { Construct } from 'constructs';
import { type FunctionName, type FunctionSpec, manifest } from '../../functions/manifest.ts';
import { accept } from './accept.ts';
import type { Functions } from './functions.ts';

export function addSchedules(scope: Construct, functions: Functions): void {
  for (const name of Object.keys(manifest) as FunctionName[]) {
    const { schedule }: FunctionSpec = manifest[name];
    if (!schedule) continue;
    new Rule(scope, `Schedule-${name}`, {
      schedule: Schedule.expression(schedule),
      targets: [new LambdaFunction(functions[name], { retryAttempts: 2 })],
    });
  }
}

/**
 * After a deployment with another version of the function. The bundle of `republish` holds the templates, its environment the
 * settings, so that its version is the fingerprint of a page's look; that of `renew` holds the sanitizer, Markdown and the
 * policies. Not waited for, since either may outlast the deployment, nor for each other: what `renew` writes is published
 * as it comes, and what `republish` made before is then made again.
 */
export function runAfterDeploy(scope: Construct, id: string, handler: NodejsFunction, ...after: Construct[]): void {
  accept(handler, {
    '@aws-cdk/aws-lambda:addPermissionsToVersionOrAlias': 'The schedule runs the function, the trigger its version',
  });
  new Trigger(scope, id, { handler, invocationType: InvocationType.EVENT, executeAfter: after });
}
