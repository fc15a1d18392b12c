import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { program } from '../../infra/operator/program.ts';

const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);

const nameOf = (command: Command): string => (command.parent ? `${nameOf(command.parent)} ${command.name()}` : 'stoa');

const commands = leaves(program()).map((command) => [nameOf(command), command] as const);

test('these are the commands', () => {
  expect(commands.map(([name]) => name)).toEqual([
    'stoa post publish',
    'stoa post list',
    'stoa post withdraw',
    'stoa post close',
    'stoa post open',
    'stoa comment list',
    'stoa comment approve',
    'stoa comment reject',
    'stoa comment spam',
    'stoa comment remove',
    'stoa author describe',
    'stoa user add',
    'stoa user list',
    'stoa user remove',
    'stoa republish',
    'stoa replay',
    'stoa export',
    'stoa restore',
    'stoa token',
    'stoa cost',
  ]);
});

test.each(commands)('the help of %s says what it does, what it takes, and the options of all', (name, command) => {
  const help = command.helpInformation();

  expect(help).toContain(`Usage: ${name}`);
  expect(command.description()).toMatch(/\w+ \w+/);
  for (const option of [...command.options, ...program().options]) {
    expect(help).toContain(option.flags);
    expect(option.description).toMatch(/\w+ \w+/);
  }
});
