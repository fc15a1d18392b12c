import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { inOneLine } from '../../infra/operator/aws-error.ts';
import { findStage } from '../../infra/operator/stage.ts';

/** CloudFormation, as it refuses. */
let aws: Server;
let refusal: { status: number; code: string; message: string };

beforeAll(async () => {
  aws = createServer((_, response) => {
    const { status, code, message } = refusal;
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(`<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`);
  });
  await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve));
});

afterAll(() => aws.close());

beforeEach(() => {
  const { port } = aws.address() as AddressInfo;
  const environment = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});

afterEach(() => vi.unstubAllEnvs());

async function failure(): Promise<string> {
  const error = await inOneLine(async () => void (await findStage('prod'))).catch((refused: Error) => refused);
  expect(error).toMatchObject({ name: 'Failure' });
  return (error as Error).message;
}

const SIGN_IN = 'sign in with `aws sso login`, or choose a profile with AWS_PROFILE';

test.each([
  [
    'ValidationError',
    'Stack with id stoa-prod-state does not exist',
    'there is no stage prod: stoa-prod-state and stoa-prod-site are not in eu-west-1; check --stage and the region',
  ],
  [
    'AccessDenied',
    'User: arn:aws:iam::1:user/ada is not authorized to perform: cloudformation:DescribeStacks',
    'AWS denies it: User: arn:aws:iam::1:user/ada is not authorized to perform: cloudformation:DescribeStacks',
  ],
  [
    'ExpiredToken',
    'The security token is expired',
    `AWS does not take these credentials: ${SIGN_IN} (The security token is expired)`,
  ],
  ['Throttling', 'Rate exceeded', 'AWS throttles: wait a minute, then run the command again (Rate exceeded)'],
])('the refusal %s is one line that says what to do', async (code, message, words) => {
  refusal = { status: 400, code, message };

  expect(await failure()).toBe(words);
});

test('no credentials, no region and no network are one line that says what to do', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1');
  const network = await failure();
  vi.stubEnv('AWS_ACCESS_KEY_ID', '');
  const credentials = await failure();
  vi.stubEnv('AWS_REGION', undefined);
  const region = await failure();

  expect(network).toMatch(/^AWS cannot be reached: check the network and the region \(.*ECONNREFUSED.*\)$/);
  expect(credentials).toContain(`there are no AWS credentials: ${SIGN_IN} (`);
  expect(region).toBe('there is no AWS region: set AWS_REGION, or choose a profile that has one');
});

test('what nobody foresaw keeps its name and its stack', async () => {
  refusal = { status: 400, code: 'Novelty', message: 'unheard of' };

  await expect(inOneLine(async () => void (await findStage('prod')))).rejects.toMatchObject({ name: 'Novelty' });
});
