import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  HttpMethods,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { type FunctionName, type FunctionSpec, manifest } from '../../functions/manifest.ts';
import { accept } from './accept.ts';
import type { Functions } from './functions.ts';

/**
 * Where authors' browsers send pictures, each by a form that was signed for it; what nobody fetched is gone after a day.
 * Any page may send one, since it is the form that opens, and no cookie or token goes along.
 */
export function addUploads(scope: Construct): Bucket {
  const bucket = new Bucket(scope, 'Uploads', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY,
    cors: [{ allowedMethods: [HttpMethods.POST], allowedOrigins: ['*'] }],
    lifecycleRules: [{ expiration: Duration.days(1), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
  });
  // Set here and not by CDK, which would bring a function of its own for it.
  (bucket.node.defaultChild as CfnBucket).addPropertyOverride(
    'NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled',
    true,
  );
  accept(bucket, { 'AwsSolutions-S1': 'What lies here is named in the table, with the account that sent it' });
  return bucket;
}

/** S3 tells the function of each object that came. */
export function addUploadEvents(scope: Construct, bucket: Bucket, functions: Functions): void {
  for (const name of Object.keys(manifest) as FunctionName[]) {
    const { uploads }: FunctionSpec = manifest[name];
    if (!uploads) continue;
    new Rule(scope, `Uploads-${name}`, {
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [bucket.bucketName] } },
      },
      targets: [new LambdaFunction(functions[name], { retryAttempts: 2 })],
    });
  }
}
