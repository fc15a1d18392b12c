import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  type AttributeType,
  CognitoIdentityProviderClient,
  InvalidParameterException,
  InvalidPasswordException,
  paginateListUsers,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { Failure } from '../local/failure.ts';
import type { Account, Accounts, NewAccount } from './accounts.ts';
import { inOneLine } from './aws-error.ts';
import { findStage } from './stage.ts';

/** Those of a deployed Stoa's user pool. Throws a Failure for what AWS refuses. */
export async function withPool(stage: string, run: (accounts: Accounts) => Promise<void>): Promise<void> {
  await inOneLine(async () => {
    const { UserPoolId } = await findStage(stage);
    await run(openPool(new CognitoIdentityProviderClient({}), UserPoolId));
  });
}

function openPool(client: CognitoIdentityProviderClient, UserPoolId: string): Accounts {
  const groupsOf = async (Username: string): Promise<string[]> => {
    const { Groups = [] } = await client.send(new AdminListGroupsForUserCommand({ UserPoolId, Username }));
    return Groups.flatMap(({ GroupName }) => GroupName ?? []).toSorted();
  };

  return {
    async add({ email, groups, name, password }) {
      const user = { UserPoolId, Username: email };
      const created = await create(client, user, { email, name, password });
      if (!created && name) {
        await client.send(new AdminUpdateUserAttributesCommand({ ...user, UserAttributes: attributes({ name }) }));
      }
      if (password) await setPassword(client, user, password);
      for (const GroupName of groups) await client.send(new AdminAddUserToGroupCommand({ ...user, GroupName }));
      const found = await client.send(new AdminGetUserCommand(user));
      return { ...accountOf({ ...found, Attributes: found.UserAttributes }, await groupsOf(email)), created };
    },
    async list() {
      const accounts: Account[] = [];
      for await (const { Users = [] } of paginateListUsers({ client }, { UserPoolId })) {
        for (const user of Users) accounts.push(accountOf(user, await groupsOf(user.Username ?? '')));
      }
      return accounts.toSorted((a, b) => (a.email < b.email ? -1 : 1));
    },
    async remove(email) {
      try {
        await client.send(new AdminDeleteUserCommand({ UserPoolId, Username: email }));
        return true;
      } catch (error) {
        if (error instanceof UserNotFoundException) return false;
        throw error;
      }
    },
  };
}

interface User {
  UserPoolId: string;
  Username: string;
}

/** Cognito mails a password that is good for three days, unless one was given. False: the user was there before. */
async function create(
  client: CognitoIdentityProviderClient,
  user: User,
  { email, name, password }: Omit<NewAccount, 'groups'>,
): Promise<boolean> {
  const invitation = password
    ? ({ MessageAction: 'SUPPRESS', TemporaryPassword: password } as const)
    : { DesiredDeliveryMediums: ['EMAIL' as const] };
  const UserAttributes = attributes({ email, email_verified: 'true', ...(name ? { name } : {}) });
  try {
    await client.send(new AdminCreateUserCommand({ ...user, ...invitation, UserAttributes }));
    return true;
  } catch (cause) {
    if (cause instanceof UsernameExistsException) return false;
    if (cause instanceof InvalidPasswordException) throw notGood(cause);
    if (cause instanceof InvalidParameterException) throw new Failure(`${email}: ${cause.message}`, { cause });
    throw cause;
  }
}

async function setPassword(client: CognitoIdentityProviderClient, user: User, Password: string): Promise<void> {
  try {
    await client.send(new AdminSetUserPasswordCommand({ ...user, Password, Permanent: true }));
  } catch (cause) {
    throw cause instanceof InvalidPasswordException ? notGood(cause) : cause;
  }
}

const notGood = (cause: InvalidPasswordException): Failure =>
  new Failure(`STOA_AUTHOR_PASSWORD is not good enough: ${cause.message}`, { cause });

const attributes = (values: Record<string, string>): AttributeType[] =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

interface Found {
  Attributes?: AttributeType[] | undefined;
  Enabled?: boolean | undefined;
  UserStatus?: string | undefined;
  Username?: string | undefined;
}

function accountOf({ Attributes = [], Enabled, UserStatus, Username = '' }: Found, groups: string[]): Account {
  const attribute = (name: string) => Attributes.find(({ Name }) => Name === name)?.Value;
  const invited = UserStatus === 'FORCE_CHANGE_PASSWORD';
  return {
    email: attribute('email') ?? Username,
    name: attribute('name') ?? null,
    groups,
    state: Enabled === false ? 'disabled' : invited ? 'invited' : 'active',
  };
}
