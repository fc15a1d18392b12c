import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { type Key, type ParsedKey, parseKey } from './keys.ts';
import type { Item } from './table.ts';

export interface Change {
  key: ParsedKey;
  old: Item | null;
  new: Item | null;
}

/** A stream record read back. Throws an Error for one without a key, or with a key that no builder makes. */
export function readRecord({ dynamodb }: DynamoDBRecord): Change {
  if (!dynamodb?.Keys) throw new Error('a stream record without keys');
  return {
    key: parseKey(image(dynamodb.Keys) as unknown as Key),
    old: dynamodb.OldImage ? image(dynamodb.OldImage) : null,
    new: dynamodb.NewImage ? image(dynamodb.NewImage) : null,
  };
}

const image = (attributes: object): Item => unmarshall(attributes as Record<string, AttributeValue>);
