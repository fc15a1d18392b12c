import { join } from 'node:path';
import { Duration, Stack, Token } from 'aws-cdk-lib';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { accept, everythingUnder } from './accept.ts';
import { ROOT } from './bundling.ts';
import { addLog } from './lambda.ts';
import type { StateStack } from './state-stack.ts';

/** What the build made, beside the pages. Older files stay: a page keeps the script it was made with. */
export function addAssets(scope: Construct, state: StateStack): BucketDeployment {
  const assets = new BucketDeployment(scope, 'Assets', {
    sources: [Source.asset(join(ROOT, 'web/generated/assets'))],
    destinationBucket: state.pages,
    destinationKeyPrefix: 'assets/',
    prune: false,
    cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    logGroup: addLog(scope, 'AssetsLog'),
  });
  accept(assets.handlerRole.node.scope ?? assets, {
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]': CDKS,
    'AwsSolutions-L1': CDKS,
    [everythingUnder(state.pages.bucketArn, state)]: CDKS,
    [`AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${staging(scope)}/*]`]: CDKS,
    ...Object.fromEntries(ACTIONS.map((action) => [`AwsSolutions-IAM5[Action::s3:${action}*]`, CDKS])),
  });
  return assets;
}

const CDKS = "CDK's own function, which runs while deploying only; its code and its permissions come with CDK";
const ACTIONS = ['GetObject', 'GetBucket', 'List', 'DeleteObject', 'Abort'];

/** CDK's own bucket, as cdk-nag writes its name. */
function staging(scope: Construct): string {
  const { region } = Stack.of(scope);
  return `cdk-hnb659fds-assets-<AWS::AccountId>-${Token.isUnresolved(region) ? '<AWS::Region>' : region}`;
}
