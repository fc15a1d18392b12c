import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { addAccounts } from './accounts.ts';
import { addFailures, addPages } from './buckets.ts';
import { addKeys, type KeyName } from './identity-key.ts';
import { addTable } from './table.ts';

export interface StateStackProps extends StackProps {
  stage: string;
}

/** What must never be lost: retained when the stack is deleted, and protected from that. */
export class StateStack extends Stack {
  readonly table: Table;
  readonly pages: IBucket;
  readonly failures: Bucket;
  readonly pool: UserPool;
  readonly loginUrl: string;
  /** Names of the SSM parameters that hold the keys. */
  readonly keys: Readonly<Record<KeyName, string>>;

  constructor(scope: Construct, id: string, { stage, ...props }: StateStackProps) {
    super(scope, id, { ...props, description: 'Stoa: what must never be lost', terminationProtection: true });
    this.table = addTable(this);
    this.pages = addPages(this);
    this.failures = addFailures(this);
    this.keys = addKeys(this, stage);
    const { pool, loginUrl } = addAccounts(this, stage);
    this.pool = pool;
    this.loginUrl = loginUrl;

    new CfnOutput(this, 'TableName', { value: this.table.tableName });
    new CfnOutput(this, 'PagesBucket', { value: this.pages.bucketName });
    new CfnOutput(this, 'FailuresBucket', { value: this.failures.bucketName });
    new CfnOutput(this, 'UserPoolId', { value: pool.userPoolId });
    new CfnOutput(this, 'IdentityParameter', { value: this.keys.identity });
    new CfnOutput(this, 'AddressParameter', { value: this.keys.address });
    new CfnOutput(this, 'OpinionParameter', { value: this.keys.opinion });
    new CfnOutput(this, 'UnsubscribeParameter', { value: this.keys.unsubscribe });
  }
}
