import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { currentRequest } from '../correlation.ts';
import type { Key } from './keys.ts';
import { type Index, schema } from './schema.ts';

export type Item = Record<string, unknown>;

export interface Update {
  /** `n = n + :one, #name = :name` */
  set?: string;
  /** `queue, queuedAt` */
  remove?: string;
  condition?: string;
  names?: Record<string, string>;
  values?: Record<string, unknown>;
}

export interface Range {
  pk: string;
  index?: Index;
  /** A sort-key condition after the partition's, with `#sk`: `begins_with(#sk, :prefix)`. */
  where?: string;
  values?: Record<string, unknown>;
  descending?: boolean;
  limit?: number;
  after?: Item | undefined;
}

export interface Condition {
  expression: string;
  names?: Record<string, string>;
  values?: Item;
}

/**
 * The table as Stoa uses it: single-item conditional writes and strongly consistent reads (an index's excepted).
 * A condition that does not hold is an answer, not an error: `put` says false, `update` says null.
 */
export interface Table {
  get<T extends object>(key: Key): Promise<T | null>;
  put(key: Key, item: object, condition?: Condition): Promise<boolean>;
  putIfAbsent(key: Key, item: object): Promise<boolean>;
  /** The item as it is after the update; null when the condition did not hold. */
  update<T extends object>(key: Key, update: Update): Promise<T | null>;
  /** Nothing happens where there is nothing, unless a condition asks for something: then false. */
  delete(key: Key, condition?: Condition): Promise<boolean>;
  query<T extends object>(range: Range): Promise<{ items: (T & Key)[]; next: Item | undefined }>;
  /** How many of a range there are, in one page of 1 MB. */
  count(range: Range): Promise<number>;
}

/** All of a range that is known to be short, in as many requests as DynamoDB's pages of 1 MB ask for. */
export async function queryAll<T extends object>(table: Table, range: Range): Promise<(T & Key)[]> {
  const all: (T & Key)[] = [];
  let after: Item | undefined;
  do {
    const { items, next } = await table.query<T>({ ...range, after });
    all.push(...items);
    after = next;
  } while (after);
  return all;
}

export interface TableOptions {
  client?: DynamoDBClient;
  mark?: 'publisher' | 'restore';
}

/**
 * `mark` is written as `by` on everything this handle writes, and taken away by every handle without one: the stream's
 * filters pass over what the publisher wrote itself. `req` is the request that an item was written for, if it was for one.
 */
export function openTable(name: string, { client = sharedClient(), mark }: TableOptions = {}): Table {
  const db = documentsOf(client);
  const put: Table['put'] = (key, item, condition) =>
    holds(
      db.send(
        new PutCommand({
          TableName: name,
          Item: { ...item, ...key, by: mark, req: currentRequest() },
          ConditionExpression: condition?.expression,
          ExpressionAttributeNames: condition?.names,
          ExpressionAttributeValues: condition?.values,
        }),
      ),
    ).then((sent) => sent !== null);

  return {
    async get<T extends object>(key: Key) {
      const { Item } = await db.send(new GetCommand({ TableName: name, Key: key, ConsistentRead: true }));
      return (Item as T | undefined) ?? null;
    },
    put,
    putIfAbsent: (key, item) => put(key, item, { expression: 'attribute_not_exists(pk)' }),
    async update<T extends object>(key: Key, { set, remove, condition, names, values }: Update) {
      const marks = marksOf(mark);
      const sent = await holds(
        db.send(
          new UpdateCommand({
            TableName: name,
            Key: key,
            UpdateExpression: expression([set, ...marks.set], [remove, ...marks.remove]),
            ConditionExpression: condition,
            ExpressionAttributeNames: { ...names, ...marks.names },
            ExpressionAttributeValues: marks.values ? { ...values, ...marks.values } : values,
            ReturnValues: 'ALL_NEW',
          }),
        ),
      );
      return (sent?.Attributes as T | undefined) ?? null;
    },
    delete: (key, condition) =>
      holds(
        db.send(
          new DeleteCommand({
            TableName: name,
            Key: key,
            ConditionExpression: condition?.expression,
            ExpressionAttributeValues: condition?.values,
          }),
        ),
      ).then((sent) => sent !== null),
    async query<T extends object>(range: Range) {
      const { Items = [], LastEvaluatedKey } = await db.send(new QueryCommand(queryInput(name, range)));
      return { items: Items as (T & Key)[], next: LastEvaluatedKey };
    },
    async count(range) {
      const { Count = 0 } = await db.send(new QueryCommand({ ...queryInput(name, range), Select: 'COUNT' }));
      return Count;
    },
  };
}

const documents = new WeakMap<DynamoDBClient, DynamoDBDocumentClient>();

function documentsOf(client: DynamoDBClient): DynamoDBDocumentClient {
  const known = documents.get(client);
  if (known) return known;
  const made = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  documents.set(client, made);
  return made;
}

let shared: DynamoDBClient | undefined;

/** One client, and so one pool of connections, for the life of a function's process. */
function sharedClient(): DynamoDBClient {
  shared ??= new DynamoDBClient({});
  return shared;
}

interface Marks {
  set: string[];
  remove: string[];
  names: Record<string, string>;
  values?: Record<string, string>;
}

/** The publisher leaves whose request it was; every other writer says so, or that there was none. */
function marksOf(mark: TableOptions['mark']): Marks {
  if (mark) return { set: ['#by = :by'], remove: [], names: { '#by': 'by' }, values: { ':by': mark } };
  const req = currentRequest();
  const names = { '#by': 'by', '#req': 'req' };
  return req === undefined
    ? { set: [], remove: ['#by', '#req'], names }
    : { set: ['#req = :req'], remove: ['#by'], names, values: { ':req': req } };
}

function expression(sets: (string | undefined)[], removes: (string | undefined)[]): string {
  const clause = (verb: string, parts: typeof sets) => {
    const given = parts.filter(Boolean);
    return given.length > 0 ? `${verb} ${given.join(', ')}` : '';
  };
  return `${clause('SET', sets)} ${clause('REMOVE', removes)}`.trim();
}

function queryInput(name: string, range: Range): QueryCommandInput {
  const [pk, sk] = keysOf(range.index);
  return {
    TableName: name,
    IndexName: range.index,
    ConsistentRead: range.index === undefined,
    KeyConditionExpression: range.where ? `#pk = :pk AND ${range.where}` : '#pk = :pk',
    ExpressionAttributeNames: { '#pk': pk, ...(range.where ? { '#sk': sk } : {}) },
    ExpressionAttributeValues: { ':pk': range.pk, ...range.values },
    ScanIndexForward: !range.descending,
    Limit: range.limit,
    ExclusiveStartKey: range.after,
  };
}

function keysOf(index: Index | undefined): [string, string] {
  const keys = index ? schema.indexes[index] : schema;
  return [keys.partitionKey, keys.sortKey];
}

async function holds<T>(sending: Promise<T>): Promise<T | null> {
  try {
    return await sending;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return null;
    throw error;
  }
}
