import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { ENGINE } from '../support/engine.ts';

/** Capacity units of some requests, as DynamoDB counted them. */
export interface Units {
  rcu: number;
  /** Of the table. */
  wcu: number;
  /** Of its indexes. */
  index: number;
  /** Conditional writes that were refused: DynamoDB charges for the item they met, and does not say how much. */
  refused: number;
}

export interface Meter {
  /** What the requests of `act` took, and all others meanwhile. */
  measure(act: () => Promise<unknown>): Promise<Units>;
  close(): Promise<void>;
}

/**
 * From here on the tables of this process are opened through a meter. It stands before DynamoDB Local, which verifies no
 * signature, and asks it for the capacity that each request consumes.
 */
export async function meterEngine(): Promise<Meter> {
  const url = process.env[ENGINE];
  if (!url) throw new Error(`${ENGINE} is not set: only npm run test:dynamodb can measure`);
  let units = nothing();
  const server = createServer((request, response) => {
    pass(request, response, url, (answer) => add(units, answer)).catch(() => response.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  process.env[ENGINE] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    async measure(act) {
      units = nothing();
      const measured = units;
      await act();
      units = nothing();
      return measured;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const nothing = (): Units => ({ rcu: 0, wcu: 0, index: 0, refused: 0 });

type Note = (answer: { operation: string; ok: boolean; body: Buffer }) => void;

async function pass(request: IncomingMessage, response: ServerResponse, url: string, note: Note): Promise<void> {
  const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
  const asked = JSON.parse((await buffer(request)).toString());
  if (OF_DATA.test(operation)) asked.ReturnConsumedCapacity = 'INDEXES';
  const answer = await fetch(url, { method: 'POST', headers: sentOn(request.headers), body: JSON.stringify(asked) });
  const body = Buffer.from(await answer.arrayBuffer());
  if (OF_DATA.test(operation)) note({ operation, ok: answer.ok, body });
  const headers = ['content-type', 'x-amz-crc32', 'x-amzn-requestid'];
  const known = headers.map((name): [string, string] => [name, answer.headers.get(name) ?? '']);
  response.writeHead(answer.status, Object.fromEntries(known.filter(([, value]) => value !== ''))).end(body);
}

const READS = /^(GetItem|Query)$/;
const OF_DATA = /^(GetItem|Query|PutItem|UpdateItem|DeleteItem)$/;

const sentOn = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => /^(authorization|content-type|x-amz-)/.test(name)),
  ) as Record<string, string>;

function add(units: Units, { operation, ok, body }: Parameters<Note>[0]): void {
  const answer: { ConsumedCapacity?: ConsumedCapacity; __type?: string } = JSON.parse(body.toString());
  if (!ok && answer.__type?.endsWith('ConditionalCheckFailedException')) units.refused += 1;
  if (!ok) return;
  const { Table, GlobalSecondaryIndexes = {} } = answer.ConsumedCapacity ?? {};
  if (!Table) throw new Error(`a ${operation} without ConsumedCapacity`);
  const table = Table.CapacityUnits ?? 0;
  const index = Object.values(GlobalSecondaryIndexes).reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
  if (READS.test(operation)) units.rcu += table + index;
  else {
    units.wcu += table;
    units.index += index;
  }
}

/** `3 RCU + 2 WCU + 2 index + 1 refused` */
export function inWords({ rcu, wcu, index, refused }: Units): string {
  const named = { RCU: rcu, WCU: wcu, index, refused };
  const parts = Object.entries(named).filter(([, n]) => n > 0);
  return parts.map(([name, n]) => `${n} ${name}`).join(' + ');
}
