import { expect, test, vi } from 'vitest';
import { handler } from '../../functions/bounces.ts';
import { log } from '../../functions/log.ts';

test.each([
  'Successfully validated SNS topic for Amazon SES event publishing.',
  '{"eventType":"Delivery","mail":{"destination":["somebody@example.org"]}}',
  '{"eventType":"Bounce","bounce":{"bouncedRecipients":["somebody@example.org"]}}',
])('what is neither a bounce nor a complaint is passed over, and no word of it is logged: %s', async (Message) => {
  vi.stubEnv('STOA_TABLE', 'none');
  vi.stubEnv('STOA_IDENTITY_KEY', 'key');
  const lines = vi.spyOn(log, 'info').mockImplementation(() => undefined);

  await handler({ Records: [{ Sns: { Message } }] } as never);

  expect(lines.mock.calls).toEqual([['not understood', { records: 1 }]]);
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
