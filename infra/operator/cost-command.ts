import { type Command, InvalidArgumentError } from 'commander';
import { type Bill, type Line, PRICES_OF, reckon, reckonNaive, type Traffic } from '../cost/reckon.ts';
import { print } from './output.ts';

export function costCommand(program: Command): void {
  program
    .command('cost')
    .description('what a month on AWS costs in us-east-1, by operation counts and a table of prices')
    .requiredOption('--views <n>', 'views of articles a month', count)
    .requiredOption('--comments <n>', 'comments a month', count)
    .action((traffic: Traffic, command: Command) => {
      const { json } = command.optsWithGlobals<{ json: boolean }>();
      const [stoa, naive] = [reckon(traffic), reckonNaive(traffic)];
      print({ prices: PRICES_OF, stoa, naive }, json, () => rows(stoa, naive));
    });
}

const MOST = 1e12;

function count(text: string): number {
  const n = Number(text);
  if (!/^\d+$/.test(text) || n > MOST) throw new InvalidArgumentError(`It must be a whole number, at most ${MOST}.`);
  return n;
}

const rows = (stoa: Bill, naive: Bill): string[][] => [
  ['what', 'quantity', 'price', 'dollars', 'after the free tier'],
  ...stoa.lines.map(row),
  ['in all', '', '', money(stoa.dollars), money(stoa.afterFree)],
  ['a function and the table for each view instead', '', '', money(naive.dollars), money(naive.afterFree)],
  [`Prices of ${PRICES_OF}; those with * were not looked up again.`, '', '', '', ''],
];

function row({ what, quantity, price, dollars, afterFree }: Line): string[] {
  const per = price.per === 1 ? '' : ` / ${number.format(price.per)}`;
  return [
    what,
    number.format(quantity),
    `$${price.dollars}${per}${price.unverified ? ' *' : ''}`,
    money(dollars),
    money(afterFree),
  ];
}

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const money = (dollars: number) => `$${dollars.toFixed(2)}`;
