import { expect, test } from 'vitest';
import { makeStacks, ofType, onlyOne, plain, type Resources, resourcesOf } from '../support/stacks.ts';

const SETTINGS = { site: { address: 'https://blog.example.org' }, mail: { from: 'stoa@blog.example.org' } };
const SENDERS = ['slowLane', 'mailer'];

const resources = resourcesOf(makeStacks({}, SETTINGS).site);

const rolesThatSend = (of: Resources) =>
  ofType(of, 'AWS::IAM::Role').filter(([, role]) => JSON.stringify(role).includes('ses:SendEmail'));

test('only the functions that mail may send, from the one address, through the one configuration set', () => {
  const roles = rolesThatSend(resources);

  expect(roles.map(([id]) => id.replace(/^Functions|Role.*$/g, '')).sort()).toEqual(SENDERS.toSorted());
  for (const [, { Properties }] of roles) {
    const [{ PolicyDocument }] = Properties.Policies as [{ PolicyDocument: { Statement: Statement[] } }];
    const send = PolicyDocument.Statement.find(({ Action }) => Action === 'ses:SendEmail');
    expect(send?.Condition).toEqual({ StringEquals: { 'ses:FromAddress': 'stoa@blog.example.org' } });
    expect(send?.Resource.map(plain)).toEqual([
      'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/stoa@blog.example.org',
      expect.stringMatching(/:configuration-set\/<MailSet/),
    ]);
  }
});

interface Statement {
  Action: unknown;
  Resource: unknown[];
  Condition: unknown;
}

test('bounces and complaints reach the function that suppresses them, and SES suppresses them too', () => {
  expect(onlyOne(resources, 'AWS::SES::ConfigurationSet').Properties.SuppressionOptions).toEqual({
    SuppressedReasons: ['BOUNCE', 'COMPLAINT'],
  });
  expect(onlyOne(resources, 'AWS::SES::ConfigurationSetEventDestination').Properties.EventDestination).toMatchObject({
    MatchingEventTypes: ['bounce', 'complaint'],
  });
  const subscription = onlyOne(resources, 'AWS::SNS::Subscription').Properties;
  expect(subscription.Protocol).toBe('lambda');
  expect(plain(subscription.Endpoint)).toMatch(/^<Functionsbounces/);
});

test("an address of the site's own zone is verified by records there, any other by a mail", () => {
  const domain = { name: 'blog.example.org', zone: 'Z0123456789' };
  const ours = resourcesOf(makeStacks({}, { ...SETTINGS, aws: { domain } }).site);

  expect(onlyOne(resources, 'AWS::SES::EmailIdentity').Properties.EmailIdentity).toBe('stoa@blog.example.org');
  expect(onlyOne(ours, 'AWS::SES::EmailIdentity').Properties.EmailIdentity).toBe('blog.example.org');
  expect(
    ofType(ours, 'AWS::Route53::RecordSet').filter(([, { Properties }]) => Properties.Type === 'CNAME'),
  ).toHaveLength(3);
});

test('a site that sends no mail has nothing of SES', () => {
  const none = resourcesOf(makeStacks().site);

  expect(rolesThatSend(none)).toEqual([]);
  expect(Object.values(none).filter(({ Type }) => Type.includes('::SES::'))).toEqual([]);
  expect(Object.keys(none).filter((id) => id.startsWith('Mail'))).toEqual([]);
});

test('mail without an address of the site is refused: its links would lead nowhere', () => {
  expect(() => makeStacks({}, { mail: SETTINGS.mail })).toThrow('the site has no address');
});
