import { RuleError } from '../../functions/domain/errors.ts';
import { PROBLEMS } from '../../functions/http/problems.ts';
import { Failure } from '../local/failure.ts';
import { print } from './output.ts';

interface Each<Item, Result> {
  run: (item: Item) => Promise<Result>;
  /** What came of one, for a person. */
  row: (result: Result) => readonly string[];
  /** Why one was refused, in words that name it. */
  refusal: (item: Item, error: RuleError) => string;
}

/**
 * Does something for each of many, and prints what came of it. What is refused holds up nobody: a Failure names all of it
 * at the end.
 */
export async function forEach<Item, Result>(
  items: readonly Item[],
  json: boolean,
  { run, row, refusal }: Each<Item, Result>,
): Promise<void> {
  const results: Result[] = [];
  const refused: string[] = [];
  try {
    for (const item of items) {
      try {
        results.push(await run(item));
      } catch (error) {
        if (error instanceof RuleError) refused.push(refusal(item, error));
        else if (error instanceof Failure) refused.push(error.message);
        else throw error;
      }
    }
  } finally {
    print(results, json, () => results.map(row));
  }
  if (refused.length > 0) throw new Failure(refused.join('; '));
}

/** A rule's refusal, as a person reads it on the site. */
export function wording({ code, detail: figures }: RuleError): string {
  const { title, detail } = PROBLEMS[code];
  return `${title}: ${detail(figures)}`;
}
