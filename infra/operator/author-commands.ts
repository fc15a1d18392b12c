import type { Command } from 'commander';
import { addressHash } from '../../functions/domain/identity.ts';
import { nameSlug } from '../../functions/domain/post.ts';
import { describeAuthor, nameAuthor } from '../../functions/table/authors.ts';
import { claimAddress } from '../../functions/table/people.ts';
import { Failure } from '../local/failure.ts';
import { checkEmail } from './email.ts';
import { print } from './output.ts';
import { type Run, session } from './run.ts';

export function authorCommands(program: Command): void {
  const author = program.command('author').description('the people who write articles');
  author
    .command('describe')
    .description('what the About card under an author’s articles says')
    .argument('<name>', 'as in the front matter')
    .requiredOption('--bio <text>', 'a sentence or two, plain text')
    .option(
      '--link <label=address>',
      'of the card, "Her garden=https://example.org"; as often as you like',
      parseLink,
      [],
    )
    .option('--email <address>', 'their own: who types it into the public form is held', (text) =>
      checkEmail('--email', text),
    )
    .action(session(describe));
}

async function describe(
  { table, identityKey, json }: Run,
  name: string,
  options: Record<string, unknown>,
): Promise<void> {
  const { bio, link: links, email } = options as { bio: string; link: Link[]; email?: string };
  const slug = nameSlug(name);
  await nameAuthor(table, slug, name);
  if (email) await claimAddress(table, addressHash(await identityKey(), email), slug);
  const described = await describeAuthor(table, slug, { bio, links });
  print({ slug, name, bio, links }, json, () => [[described?.slug ?? slug, bio]]);
}

interface Link {
  label: string;
  href: string;
}

function parseLink(text: string, before: Link[]): Link[] {
  const [label = '', ...rest] = text.split('=');
  const href = rest.join('=').trim();
  if (!label.trim() || !/^(https?:\/\/|mailto:)/.test(href) || !URL.canParse(href)) {
    throw new Failure(`--link must be label=address with an http, https or mailto address, got "${text}"`);
  }
  return [...before, { label: label.trim(), href }];
}
