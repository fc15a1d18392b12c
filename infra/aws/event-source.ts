import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { type FunctionName, type FunctionSpec, manifest } from '../../functions/manifest.ts';
import type { Functions } from './functions.ts';
import type { StateStack } from './state-stack.ts';

/**
 * The table's stream, for each function that follows it. A batch that fails is halved until the record that fails it is
 * alone; after the last retry that one goes to the failures, and the others on. Gives each mapping by its function.
 */
export function addEventSources(
  { table, failures }: StateStack,
  functions: Functions,
): Readonly<Record<string, EventSourceMapping>> {
  const mappings: Record<string, EventSourceMapping> = {};
  for (const name of Object.keys(manifest) as FunctionName[]) {
    const { stream }: FunctionSpec = manifest[name];
    if (!stream) continue;
    mappings[name] = new EventSourceMapping(functions[name], 'Stream', {
      target: functions[name],
      eventSourceArn: table.tableStreamArn ?? '',
      filters: stream.filters.map((pattern) => ({ pattern: JSON.stringify(pattern) })),
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: stream.batchSize,
      maxBatchingWindow: Duration.seconds(stream.windowSeconds),
      retryAttempts: stream.retries,
      maxRecordAge: Duration.seconds(stream.maxAgeSeconds),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
      supportS3OnFailureDestination: true,
      onFailure: { bind: () => ({ destination: failures.bucketArn }) },
    });
  }
  return mappings;
}
