import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { Failure } from '../local/failure.ts';
import { type Accounts, type Added, GROUPS, type Group } from './accounts.ts';
import { forEach } from './each.ts';
import { checkEmail } from './email.ts';
import { openLocalAccounts } from './local-accounts.ts';
import { print } from './output.ts';
import type { Whereabouts } from './session.ts';

export function userCommands(program: Command): void {
  const user = program.command('user').description('who may sign in: authors and moderators');
  user
    .command('add')
    .description('give somebody an account, or another group; on AWS they are invited by mail')
    .argument('<email>', 'what they sign in with')
    .addOption(
      new Option('--group <group>', 'author or moderator; both, if given twice')
        .argParser(parseGroup)
        .makeOptionMandatory(),
    )
    .option('--name <name>', 'of the person')
    .option('--password', 'the one in STOA_AUTHOR_PASSWORD, for good and without a mail')
    .action(accounts(add));
  user.command('list').description('all accounts; locally those that were added').action(accounts(list));
  user
    .command('remove')
    .description('take accounts away; what they wrote stays, and a token they hold is good for an hour at most')
    .argument('<email...>')
    .action(accounts(remove));
}

interface Options extends Whereabouts {
  json: boolean;
}

interface AddOptions {
  group: Group[];
  name?: string;
  password?: boolean;
}

function accounts<Argument>(
  run: (accounts: Accounts, argument: Argument, options: Options & AddOptions) => Promise<void>,
) {
  return async (...given: unknown[]): Promise<void> => {
    const options = (given.at(-1) as Command).optsWithGlobals<Options & AddOptions>();
    await withAccounts(options, (opened) => run(opened, given[0] as Argument, options));
  };
}

async function withAccounts({ data, stage }: Whereabouts, run: (accounts: Accounts) => Promise<void>): Promise<void> {
  if (stage === undefined) return run(openLocalAccounts(resolve(data)));
  const { withPool } = await import('./deployed-accounts.ts');
  return withPool(stage, run);
}

async function add(to: Accounts, given: string, { group, name, password, json }: Options & AddOptions): Promise<void> {
  const email = checkEmail('the account', given).toLowerCase();
  const chosen = password ? readPassword() : undefined;
  const added = await to.add({ email, groups: group, name, password: chosen });
  print(added, json, () => [[added.email, added.groups.join(' '), became(added, chosen)]]);
}

function became({ created, state, password }: Added, chosen: string | undefined): string {
  if (chosen) return 'signs in with the password it was given';
  if (password) return `signs in with the password ${password}, which is shown this once`;
  if (created && state === 'invited') return 'was sent an invitation, which is good for three days';
  return 'was there before';
}

async function list(of: Accounts, _: unknown, { json }: Options): Promise<void> {
  const all = await of.list();
  print(all, json, () => all.map(({ email, groups, state, name }) => [email, groups.join(' '), state, name ?? '']));
}

const remove = (from: Accounts, emails: string[], { json }: Options): Promise<void> =>
  forEach(emails, json, {
    run: async (given) => {
      const email = given.toLowerCase();
      if (!(await from.remove(email))) throw new Failure(`there is no account ${given}`);
      return { email };
    },
    row: ({ email }) => ['removed', email],
    refusal: (email, { message }) => `${email}: ${message}`,
  });

function readPassword(): string {
  const { STOA_AUTHOR_PASSWORD } = process.env;
  if (STOA_AUTHOR_PASSWORD) return STOA_AUTHOR_PASSWORD;
  throw new Failure('--password takes the password from STOA_AUTHOR_PASSWORD, which is not set');
}

function parseGroup(text: string, before: Group[] = []): Group[] {
  const group = GROUPS.find((name) => name === text);
  if (!group) throw new InvalidArgumentError(`Must be ${GROUPS.join(' or ')}.`);
  return [...new Set([...before, group])];
}
