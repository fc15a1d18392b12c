/** The one table and its sparse indexes, shared by infra/aws, infra/local and the tests. Indexes hold keys only. */
export const schema = {
  partitionKey: 'pk',
  sortKey: 'sk',
  ttl: 'ttl',
  indexes: {
    /** What waits for a moderator, oldest first. */
    queue: { partitionKey: 'queue', sortKey: 'queuedAt' },
    /** Posts by status and date. */
    posts: { partitionKey: 'shelf', sortKey: 'shelvedAt' },
    /** Comments by who said them, and by the time they were said or let in: WAIT or BIND, so that each stands there once. */
    byPerson: { partitionKey: 'person', sortKey: 'said' },
    byMonth: { partitionKey: 'month', sortKey: 'stirred' },
  },
} as const;

export type Index = keyof typeof schema.indexes;

/** The CreateTable input for a table of this schema. */
export function tableDefinition(name: string) {
  const indexes = Object.entries(schema.indexes);
  const attributes = [schema, ...Object.values(schema.indexes)].flatMap((k) => [k.partitionKey, k.sortKey]);
  const keySchema = (keys: { partitionKey: string; sortKey: string }) => [
    { AttributeName: keys.partitionKey, KeyType: 'HASH' as const },
    { AttributeName: keys.sortKey, KeyType: 'RANGE' as const },
  ];
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST' as const,
    AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
    KeySchema: keySchema(schema),
    GlobalSecondaryIndexes: indexes.map(([IndexName, keys]) => ({
      IndexName,
      KeySchema: keySchema(keys),
      Projection: { ProjectionType: 'KEYS_ONLY' as const },
    })),
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' as const },
  };
}
