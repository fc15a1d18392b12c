import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { schema } from '../../functions/table/schema.ts';

/** Units a second: room for some 30 comments a second, and a ceiling on what a flood can cost. */
const MOST = { maxReadRequestUnits: 500, maxWriteRequestUnits: 100 };

/** The one table, with its sparse indexes and the stream that the publisher follows. */
export function addTable(scope: Construct): Table {
  const table = new Table(scope, 'Table', {
    ...keys(schema),
    ...MOST,
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.DEFAULT,
    timeToLiveAttribute: schema.ttl,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const [indexName, index] of Object.entries(schema.indexes)) {
    table.addGlobalSecondaryIndex({ indexName, ...keys(index), ...MOST, projectionType: ProjectionType.KEYS_ONLY });
  }
  return table;
}

function keys({ partitionKey, sortKey }: { partitionKey: string; sortKey: string }) {
  return { partitionKey: text(partitionKey), sortKey: text(sortKey) };
}

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });
