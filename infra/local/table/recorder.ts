import { keyedQueue } from '../keyed-queue.ts';
import type { Embedded, Reply } from './embedded.ts';
import { changeBetween, type Image } from './image.ts';
import type { WritableStreamLog } from './stream-log.ts';
import type { Intent } from './stream-record.ts';

export interface WriteRequest {
  target: string;
  body: Buffer;
  input: { TableName?: unknown; Key?: unknown; Item?: unknown };
}

export interface Recorder {
  /** Runs a single-item write and records what it did to the item, in the log before the reply. */
  write(request: WriteRequest): Promise<Reply>;
  /** Settles the writes that the last process left open. */
  recover(): Promise<void>;
  /** A table may come back with other keys. */
  forgetSchemas(): void;
}

/**
 * Turns writes into stream records. Per item: intent with the old image, the write, the new image, the record. Writes to one
 * item wait for each other, from intent to record; other items go on, as a stream promises order within an item only, and a
 * write that follows another's reply finds that one's record already there. Whatever dies in between leaves an open intent,
 * and settling it again, at the item's next write or at the next start, gives the record that is missing.
 */
export const recorder = (table: Embedded, log: WritableStreamLog): Recorder => {
  const queue = keyedQueue();
  const schemas = new Map<string, string[]>();
  const unsettled = new Map<string, Intent>();

  const settle = async (intent: Intent): Promise<void> => {
    const item = await readItem(intent.table, intent.keys);
    const after = 'item' in item ? item.item : undefined;
    const change = changeBetween(intent.before, after);
    if (change && 'item' in item) log.append(intent, change, after);
    else log.dismiss(intent);
  };

  const readItem = async (name: unknown, keys: unknown): Promise<{ item: Image | undefined } | { refusal: Reply }> => {
    const reply = await table.call(`${API}.GetItem`, { TableName: name, Key: keys, ConsistentRead: true });
    return reply.status === 200 ? { item: parse<{ Item?: Image }>(reply).Item } : { refusal: reply };
  };

  const keysOf = async ({ target, input }: WriteRequest): Promise<unknown> => {
    if (!target.endsWith('.PutItem')) return input.Key;
    const schema = await schemaOf(String(input.TableName));
    const attributes = Object.entries(Object(input.Item) as Image);
    return Object.fromEntries(attributes.filter(([name]) => schema.includes(name)));
  };

  const schemaOf = async (name: string): Promise<string[]> => {
    const known = schemas.get(name);
    if (known) return known;
    const reply = await table.call(`${API}.DescribeTable`, { TableName: name });
    if (reply.status !== 200) return [];
    const schema = parse<Description>(reply).Table.KeySchema.map((part) => part.AttributeName);
    schemas.set(name, schema);
    return schema;
  };

  return {
    async write(request) {
      const name = request.input.TableName;
      const keys = await keysOf(request);
      const item = lockName(name, keys);
      return queue.run(item, async () => {
        const left = unsettled.get(item);
        if (left) await settle(left);
        unsettled.delete(item);
        const before = await readItem(name, keys);
        if ('refusal' in before) return before.refusal;
        const intent = log.begin({
          table: String(name),
          keys: keys as Image,
          ...(before.item && { before: before.item }),
        });
        unsettled.set(item, intent);
        try {
          return await table.call(request.target, request.body);
        } finally {
          await settle(intent);
          unsettled.delete(item);
        }
      });
    },
    async recover() {
      for (const intent of log.openIntents()) await settle(intent);
    },
    forgetSchemas: () => schemas.clear(),
  };
};

const API = 'DynamoDB_20120810';

interface Description {
  Table: { KeySchema: { AttributeName: string }[] };
}

const parse = <T>(reply: Reply): T => JSON.parse(reply.body.toString()) as T;

/** Only strings are written in one way alone (1 and 1.0 are one number): items with other keys wait for their whole table. */
const lockName = (table: unknown, keys: unknown): string => {
  const values = Object.entries(Object(keys) as Image).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([table, ...(values.every(([, value]) => typeof value?.S === 'string') ? values : [])]);
};
