export type Matcher = (event: unknown) => boolean;

/**
 * Compiles an EventBridge pattern, as Lambda's event filters use them: exact values, `prefix`, `exists`, `anything-but`;
 * an array means any of. Throws on whatever else, so that no filter passes here and fails in AWS.
 *
 * As in EventBridge, an event is the set of its leaves, so `exists: false` also holds where the parent is absent, and
 * fields inside an array must match within one element.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export const compilePattern = (pattern: object): Matcher => {
  const rules = rulesOf(pattern, []);
  return (event) => consistent(rules, leavesOf(event), new Map());
};

/** Array by its path, and the element within it, for each array around a leaf. */
type Place = ReadonlyMap<string, number>;

interface Leaf {
  path: string;
  value: unknown;
  place: Place;
}

interface Rule {
  path: string;
  absent: boolean;
  tests: ((value: unknown) => boolean)[];
}

const rulesOf = (pattern: object, path: string[]): Rule[] =>
  Object.entries(pattern).flatMap(([name, part]: [string, unknown]) => {
    const here = [...path, name];
    if (name.startsWith('$')) throw unsupported(here, name);
    if (Array.isArray(part) && part.length > 0) return ruleOf(here, part);
    if (!isObject(part) || Object.keys(part).length === 0) throw unsupported(here, part);
    return rulesOf(part, here);
  });

const ruleOf = (path: string[], choices: unknown[]): Rule => ({
  path: JSON.stringify(path),
  absent: choices.some((choice) => isObject(choice) && choice.exists === false),
  tests: choices.map((choice) => testOf(path, choice)),
});

const testOf = (path: string[], choice: unknown): ((value: unknown) => boolean) => {
  if (isScalar(choice)) return (value) => value === choice;
  const [[operator, operand] = ['', undefined], ...more] = Object.entries(Object(choice)) as [string, unknown][];
  if (more.length === 0) {
    if (operator === 'prefix' && typeof operand === 'string') return startsWith(operand);
    if (operator === 'exists' && typeof operand === 'boolean') return () => operand;
    if (operator === 'anything-but') return anythingBut(path, operand);
  }
  throw unsupported(path, choice);
};

const startsWith = (prefix: string) => (value: unknown) => typeof value === 'string' && value.startsWith(prefix);

const anythingBut = (path: string[], operand: unknown): ((value: unknown) => boolean) => {
  if (isObject(operand) && typeof operand.prefix === 'string' && Object.keys(operand).length === 1) {
    const refused = startsWith(operand.prefix);
    return (value) => !refused(value);
  }
  const refused: unknown[] = Array.isArray(operand) ? operand : [operand];
  if (refused.length === 0 || !refused.every(isWord)) throw unsupported(path, { 'anything-but': operand });
  return (value) => !refused.includes(value);
};

/** Looks for one leaf per rule such that no two of them lie in different elements of one array. */
const consistent = ([rule, ...rest]: Rule[], leaves: Leaf[], place: Place): boolean => {
  if (!rule) return true;
  const here = leaves.filter((leaf) => leaf.path === rule.path);
  if (here.length === 0) return rule.absent && consistent(rest, leaves, place);
  return here.some((leaf) => {
    const both = together(place, leaf.place);
    return both !== undefined && rule.tests.some((passes) => passes(leaf.value)) && consistent(rest, leaves, both);
  });
};

const together = (a: Place, b: Place): Place | undefined =>
  [...b].every(([array, element]) => (a.get(array) ?? element) === element) ? new Map([...a, ...b]) : undefined;

const leavesOf = (value: unknown, path: string[] = [], place: Place = new Map(), array = ''): Leaf[] => {
  if (Array.isArray(value)) {
    const id = `${array}/${JSON.stringify(path)}`;
    return value.flatMap((element, i) => leavesOf(element, path, new Map([...place, [id, i]]), `${id}${i}`));
  }
  if (isObject(value))
    return Object.entries(value).flatMap(([name, part]) => leavesOf(part, [...path, name], place, array));
  return value === undefined ? [] : [{ path: JSON.stringify(path), value, place }];
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isWord = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

const isScalar = (value: unknown): boolean => isWord(value) || typeof value === 'boolean' || value === null;

const unsupported = (path: string[], got: unknown): Error =>
  new Error(`the event filter at ${path.join('.')} is not supported here: ${JSON.stringify(got)}`);
