import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Key } from '../../functions/table/keys.ts';
import type { Item } from '../../functions/table/table.ts';

export type StoredItem = Item & Key;

/** All items but those of conversations' segments, page by page and in no order. For exports: nothing that serves a request scans. */
export async function* scan(client: DynamoDBClient, TableName: string): AsyncGenerator<StoredItem[]> {
  const but = { FilterExpression: 'NOT begins_with(pk, :seg)', ExpressionAttributeValues: { ':seg': { S: 'SEG#' } } };
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true, ...but })) {
    yield Items.map((item) => unmarshall(item) as StoredItem);
  }
}
