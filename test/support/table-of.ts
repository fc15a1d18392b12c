import { join } from 'node:path';
import { DynamoDBClient, paginateScan, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Key } from '../../functions/table/keys.ts';
import { TABLE } from '../../infra/local/connection.ts';
import { startTable } from '../../infra/local/table/table.ts';

export type Kept = Key & Record<string, unknown>;

/** Everything in the table of a data folder that nobody has open, by key; nothing where there is no table yet. */
export async function tableOf(data: string): Promise<Kept[]> {
  const accessKey = 'test';
  const table = await startTable({ dir: join(data, 'table'), accessKey });
  const credentials = { accessKeyId: accessKey, secretAccessKey: accessKey };
  const client = new DynamoDBClient({ endpoint: table.url, region: 'us-east-1', credentials });
  const found: Kept[] = [];
  try {
    for await (const { Items = [] } of paginateScan({ client }, { TableName: TABLE }))
      found.push(...Items.map((item) => unmarshall(item) as Kept));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  } finally {
    client.destroy();
    await table.close();
  }
  return found.toSorted((a, b) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1));
}
