import { expect, test } from 'vitest';
import { schema, tableDefinition } from '../../functions/table/schema.ts';
import { makeStacks, ofType, onlyOne, plain, resourcesOf } from '../support/stacks.ts';

const { state } = makeStacks();
const resources = resourcesOf(state);

test('what holds state keeps its logical id, since another one would replace it', () => {
  const stateful = Object.entries(resources).filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain');

  expect(stateful.map(([id, { Type }]) => [id, Type]).sort()).toEqual([
    ['AccountsBE8A900E', 'AWS::Cognito::UserPool'],
    ['AddressKey', 'Custom::IdentityKey'],
    ['Failures8A3E1A2F', 'AWS::S3::Bucket'],
    ['IdentityKey', 'Custom::IdentityKey'],
    ['OpinionKey', 'Custom::IdentityKey'],
    ['Pages127DFD1A', 'AWS::S3::Bucket'],
    ['ProofKey', 'Custom::IdentityKey'],
    ['TableCD117FA1', 'AWS::DynamoDB::Table'],
    ['UnsubscribeKey', 'Custom::IdentityKey'],
  ]);
  for (const [, { UpdateReplacePolicy }] of stateful) expect(UpdateReplacePolicy).toBe('Retain');
  expect(state.terminationProtection).toBe(true);
});

test("the table is the schema's, and is paid by use up to a ceiling", () => {
  const { Properties } = onlyOne(resources, 'AWS::DynamoDB::Table');

  const { TableName, BillingMode, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } = tableDefinition('');
  const ceiling = { OnDemandThroughput: { MaxReadRequestUnits: 500, MaxWriteRequestUnits: 100 } };
  expect(TableName).toBe('');
  expect(Properties.TableName).toBeUndefined();
  expect(Properties).toMatchObject({
    BillingMode,
    AttributeDefinitions,
    KeySchema,
    ...ceiling,
    GlobalSecondaryIndexes: GlobalSecondaryIndexes.map((index) => ({ ...index, ...ceiling })),
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: schema.ttl, Enabled: true },
  });
});

test('the table can be restored to any second of 35 days, and not be deleted', () => {
  expect(onlyOne(resources, 'AWS::DynamoDB::Table').Properties).toMatchObject({
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    DeletionProtectionEnabled: true,
  });
});

test('buckets are encrypted, private and without ACLs', () => {
  for (const [, { Properties }] of ofType(resources, 'AWS::S3::Bucket')) {
    expect(Properties.BucketName).toBeUndefined();
    expect(Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  }
});

test('nothing among the pages ever expires: an older page keeps the style and the script it was made with', () => {
  expect(resources.Pages127DFD1A?.Properties.LifecycleConfiguration).toBeUndefined();
});

test('what was put aside is kept for 35 days', () => {
  expect(resources.Failures8A3E1A2F?.Properties.LifecycleConfiguration).toMatchObject({
    Rules: [{ ExpirationInDays: 35, Status: 'Enabled' }],
  });
});

test('nobody signs up by themselves, and passwords are strong', () => {
  expect(onlyOne(resources, 'AWS::Cognito::UserPool').Properties).toMatchObject({
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    MfaConfiguration: 'OPTIONAL',
    EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    DeletionProtection: 'ACTIVE',
    UserPoolTier: 'ESSENTIALS',
    Policies: {
      PasswordPolicy: {
        MinimumLength: 12,
        RequireLowercase: true,
        RequireUppercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
      },
    },
  });
});

test('authors and moderators are groups, and writing is a scope', () => {
  const groups = ofType(resources, 'AWS::Cognito::UserPoolGroup').map(([, { Properties }]) => Properties.GroupName);

  expect(groups.sort()).toEqual(['author', 'moderator']);
  expect(onlyOne(resources, 'AWS::Cognito::UserPoolResourceServer').Properties).toMatchObject({
    Identifier: 'stoa',
    Scopes: [{ ScopeName: 'write' }],
  });
});

test("the login's address carries stage and account, and is managed by Cognito", () => {
  const { Domain, ManagedLoginVersion } = onlyOne(resources, 'AWS::Cognito::UserPoolDomain').Properties;

  expect(plain(Domain)).toBe('stoa-test-<AWS::AccountId>');
  expect(ManagedLoginVersion).toBe(2);
});

test('the keys are written by a function that may write nothing else', () => {
  const { Policies } = onlyOne(resources, 'AWS::IAM::Role').Properties;
  const [{ PolicyDocument }] = Policies as [
    { PolicyDocument: { Statement: { Action: unknown; Resource: unknown }[] } },
  ];
  const [, put] = PolicyDocument.Statement;

  expect(PolicyDocument.Statement).toHaveLength(2);
  expect(put?.Action).toBe('ssm:PutParameter');
  const names = [put?.Resource].flat().map((arn) => plain(arn).split(':parameter').at(-1));
  expect(names).toEqual(
    ['identity', 'address', 'proof', 'unsubscribe', 'opinion'].map((name) => `/stoa/test/${name}-key`),
  );
});
