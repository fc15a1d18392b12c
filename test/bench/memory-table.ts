import {
  DynamoDBDocumentClient,
  GetCommand,
  type GetCommandInput,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Key } from '../../functions/table/keys.ts';

type Item = Record<string, unknown>;

export interface MemoryTable {
  put(key: Key, item: object): void;
  keep(): void;
  /** Back to what was there at the last `keep`. */
  forget(): void;
}

/**
 * Answers every command of this process's document clients from a Map, in place of the AWS SDK: no marshalling, signing,
 * HTTP or JSON of the table's is left. The table module above it is the real one.
 *
 * Every condition holds, as it does for a comment that nobody sent before; an update adds one to `n`, which is all that
 * a seat needs of it.
 */
export function answerFromMemory(): MemoryTable {
  let kept = new Map<string, Item>();
  let items = new Map<string, Item>();
  const nameOf = ({ pk, sk }: Item) => `${pk}|${sk}`;

  const get = ({ Key = {} }: GetCommandInput) => ({ Item: items.get(nameOf(Key)) });
  const put = ({ Item = {} }: PutCommandInput) => {
    items.set(nameOf(Item), Item);
    return {};
  };
  const update = ({ Key = {} }: UpdateCommandInput) => {
    const before = items.get(nameOf(Key)) ?? Key;
    const Attributes = { ...before, n: Number(before.n ?? 0) + 1 };
    items.set(nameOf(Key), Attributes);
    return { Attributes };
  };
  const answer = (command: unknown): object => {
    if (command instanceof GetCommand) return get(command.input);
    if (command instanceof PutCommand) return put(command.input);
    if (command instanceof UpdateCommand) return update(command.input);
    if (command instanceof QueryCommand) return { Count: 0 };
    throw new Error('the table in memory knows Get, Put, Update and how to count nothing');
  };
  Object.defineProperty(DynamoDBDocumentClient.prototype, 'send', {
    value: (command: unknown) => Promise.resolve(answer(command)),
  });

  return {
    put: (key, item) => items.set(nameOf({ ...key }), { ...item, ...key }),
    keep: () => {
      kept = new Map(items);
    },
    forget: () => {
      items = new Map(kept);
    },
  };
}
