import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readParameter } from '../../functions/secrets.ts';
import { handler } from '../../infra/aws/identity-key/keeper.ts';

let server: Server;
let url: string;
let key: string | undefined;
let refusal: { status: number; text: string } | undefined;
const answers: unknown[] = [];

beforeEach(async () => {
  key = undefined;
  refusal = undefined;
  answers.length = 0;
  server = createServer(async (request, response) => {
    const body = await read(request);
    const { status, text } = request.url === '/answer' ? answered(body) : ssm(request, body);
    response.writeHead(status).end(text);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('AWS_ENDPOINT_URL_SSM', url);
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});

afterEach(() => {
  vi.unstubAllEnvs();
  server.close();
});

test('the key is made where there is none, of 32 random bytes, and read by name', async () => {
  await handler(event('Create'));

  expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: '/stoa/test/identity-key' }]);
  expect(await readParameter('/stoa/test/identity-key')).toMatch(/^[0-9a-f]{64}$/);
});

test('a key that is there is left alone, whatever happens to the stack', async () => {
  key = 'the first';

  for (const type of ['Create', 'Update', 'Delete'] as const) await handler(event(type));

  expect(key).toBe('the first');
  expect(answers).toMatchObject([{ Status: 'SUCCESS' }, { Status: 'SUCCESS' }, { Status: 'SUCCESS' }]);
});

test('a refusal fails the deployment with its reason', async () => {
  refusal = { status: 400, text: '{"__type":"AccessDeniedException"}' };

  await handler(event('Create'));

  expect(answers).toMatchObject([{ Status: 'FAILED', Reason: expect.stringContaining('AccessDeniedException') }]);
});

test('a parameter that cannot be read is named', async () => {
  refusal = { status: 400, text: '{}' };

  await expect(readParameter('/stoa/test/identity-key')).rejects.toThrow('/stoa/test/identity-key cannot be read');
});

function ssm({ headers }: IncomingMessage, body: string): { status: number; text: string } {
  if (refusal) return refusal;
  expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=id\/\d+\/eu-west-1\/ssm\/aws4_request/);
  const { Name, Value, Type, Overwrite, WithDecryption } = JSON.parse(body);
  expect(Name).toBe('/stoa/test/identity-key');
  if (headers['x-amz-target'] === 'AmazonSSM.GetParameter') {
    expect(WithDecryption).toBe(true);
    return { status: 200, text: JSON.stringify({ Parameter: { Value: key } }) };
  }
  expect([Type, Overwrite]).toEqual(['SecureString', false]);
  if (key !== undefined) return { status: 400, text: '{"__type":"ParameterAlreadyExists"}' };
  key = Value;
  return { status: 200, text: '{"Version":1}' };
}

function answered(body: string): { status: number; text: string } {
  answers.push(JSON.parse(body));
  return { status: 200, text: '' };
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

function event(RequestType: 'Create' | 'Update' | 'Delete'): CloudFormationCustomResourceEvent {
  const common = {
    ServiceToken: 'arn',
    ResponseURL: `${url}/answer`,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'IdentityKey',
    ResourceType: 'Custom::IdentityKey',
    ResourceProperties: { ServiceToken: 'arn', Name: '/stoa/test/identity-key', Description: 'a key' },
  };
  if (RequestType === 'Create') return { ...common, RequestType };
  const PhysicalResourceId = '/stoa/test/identity-key';
  if (RequestType === 'Delete') return { ...common, RequestType, PhysicalResourceId };
  return { ...common, RequestType, PhysicalResourceId, OldResourceProperties: common.ResourceProperties };
}
