import { randomBytes } from 'node:crypto';
import type { StartTable } from '../../infra/local/platform.ts';
import { startTable } from '../../infra/local/table/table.ts';
import { dynamoDbLocal } from './dynamodb-local.ts';

/** The variable with DynamoDB Local's address, in `npm run test:dynamodb`. */
export const ENGINE = 'STOA_TEST_DYNAMODB';

export interface Engine {
  startTable: StartTable;
  /** Resolves when everything written before is in the log of the table that was started. */
  settle(): Promise<void>;
}

/** dynalite behind its tap, whose log has a record before the write is answered; or DynamoDB Local with its streams. */
export function chosenEngine(): Engine {
  const url = process.env[ENGINE];
  return url ? dynamoDbLocal(url) : { startTable, settle: async () => {} };
}

/** Each has its own tables in DynamoDB Local, which takes letters and digits only. */
export const freshAccessKey = (): string => randomBytes(16).toString('hex');
