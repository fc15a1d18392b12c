import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { accept } from './accept.ts';

const PRIVATE = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  encryption: BucketEncryption.S3_MANAGED,
  removalPolicy: RemovalPolicy.RETAIN,
};

const NO_ACCESS_LOG = 'Its only readers are the distribution and the functions; a log of readers is kept nowhere';

/** The finished pages and their assets. Its policy names the distribution, and so lies in that one's stack. */
export function addPages(scope: Construct): IBucket {
  const bucket = new Bucket(scope, 'Pages', PRIVATE);
  accept(bucket, {
    'AwsSolutions-S1': NO_ACCESS_LOG,
    'AwsSolutions-S10': 'The policy in the site stack refuses plain HTTP; a bucket has one policy only',
  });
  // A cast, because CDK's types were not made for exactOptionalPropertyTypes.
  return bucket as IBucket;
}

/** What the publisher could not make into pages, for as long as the table can be restored to that time. */
export function addFailures(scope: Construct): Bucket {
  const bucket = new Bucket(scope, 'Failures', {
    ...PRIVATE,
    enforceSSL: true,
    lifecycleRules: [{ expiration: Duration.days(35), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
  });
  accept(bucket, { 'AwsSolutions-S1': NO_ACCESS_LOG });
  return bucket;
}
