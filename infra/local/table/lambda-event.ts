import type { DynamoDBRecord, DynamoDBStreamEvent, StreamRecord as LambdaStreamRecord } from 'aws-lambda';
import type { StreamRecord } from './stream-record.ts';

/** A stream record as Lambda hands it over: always whole, unlike in AWS's own types. */
export interface LambdaRecord extends DynamoDBRecord {
  dynamodb: LambdaStreamRecord & { SequenceNumber: string; ApproximateCreationDateTime: number };
}

export interface StreamEvent extends DynamoDBStreamEvent {
  Records: LambdaRecord[];
}

/** A copy in Lambda's shape. https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export const lambdaRecord = (record: StreamRecord): LambdaRecord => ({
  eventID: record.sequence,
  eventName: record.change,
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'local',
  eventSourceARN: `arn:aws:dynamodb:local:000000000000:table/${record.table}/stream/local`,
  dynamodb: structuredClone({
    ApproximateCreationDateTime: record.at,
    Keys: record.keys,
    ...(record.after && { NewImage: record.after }),
    ...(record.before && { OldImage: record.before }),
    SequenceNumber: record.sequence,
    SizeBytes: sizeOf(record),
    StreamViewType: 'NEW_AND_OLD_IMAGES',
  }),
});

const sizeOf = ({ keys, before, after }: StreamRecord): number =>
  [keys, before, after].reduce((sum, image) => sum + (image ? Buffer.byteLength(JSON.stringify(image)) : 0), 0);
