import { Stack } from 'aws-cdk-lib';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type FunctionName, type FunctionSpec, manifest } from '../../functions/manifest.ts';
import { accept, everythingUnder } from './accept.ts';
import { grantOf, type Resources } from './access.ts';
import { addLambda } from './lambda.ts';

export type Functions = Readonly<Record<FunctionName, NodejsFunction>>;

/** Every function of the manifest. */
export function addFunctions(parent: Construct, resources: Resources): Functions {
  const scope = new Construct(parent, 'Functions');
  const names = Object.keys(manifest) as FunctionName[];
  const add = (name: FunctionName) => {
    const lambda = addLambda(scope, name, { ...manifest[name], ...grantOf(scope, manifest[name], resources) });
    acceptWildcards(lambda, manifest[name], resources);
    return lambda;
  };
  return Object.fromEntries(names.map((name) => [name, add(name)])) as Record<FunctionName, NodejsFunction>;
}

function acceptWildcards(
  { role }: NodejsFunction,
  { access, stream }: FunctionSpec,
  { state, uploads }: Resources,
): void {
  if (!role) return;
  const { pages, failures } = state;
  if (access.bucket) {
    accept(role, { [everythingUnder(pages.bucketArn, state)]: 'Pages lie anywhere but where deployments write' });
  }
  if (access.media) {
    accept(role, { [everythingUnder(pages.bucketArn, state, 'media/')]: 'Pictures have random names' });
  }
  if (access.uploads) {
    const { logicalId } = uploads.node.defaultChild as CfnBucket;
    accept(role, {
      [`AwsSolutions-IAM5[Resource::<${Stack.of(uploads).resolve(logicalId)}.Arn>/*]`]: 'Uploads have random names',
    });
  }
  if (stream) {
    accept(role, {
      [everythingUnder(failures.bucketArn, state)]: 'Lambda names what it puts aside',
      'AwsSolutions-IAM5[Resource::*]': 'dynamodb:ListStreams takes no resource',
    });
  }
}
