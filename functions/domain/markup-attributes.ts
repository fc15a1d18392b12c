import { ALLOWED_TAGS } from './allowed-tags.ts';
import { address, LINK_REL, LINK_SCHEMES, WEB_SCHEMES } from './markup-links.ts';
import { cleanText, type Note } from './text.ts';

export type Attributes = Readonly<Record<string, string>>;

/** The attributes an allowed tag may keep, in the table's order, each in its only spelling. `note` hears of the others as `a[onclick]`. */
export function cleanAttributes(tag: keyof typeof ALLOWED_TAGS, given: Attributes, note: Note): Attributes {
  const allowed: readonly string[] = ALLOWED_TAGS[tag];
  const kept: Record<string, string> = {};
  for (const name of allowed) {
    const value = given[name] && cleanValue(name, cleanText(given[name], note));
    if (value) kept[name] = value;
  }
  for (const [name, value] of Object.entries(given)) {
    const stays = allowed.includes(name) ? !value || kept[name] : tag === 'a' && name === 'rel' && value === LINK_REL;
    if (!stays) note(`${tag}[${name}]`);
  }
  if (kept.href) kept.rel = LINK_REL;
  else if (tag === 'a' && given.href === undefined) note('a');
  return kept;
}

function cleanValue(name: string, value: string): string | undefined {
  if (name === 'href') return address(value, LINK_SCHEMES);
  if (name === 'cite') return address(value, WEB_SCHEMES);
  if (name === 'datetime') return isDate(value) ? value : undefined;
  return value.replace(/\s+/gu, ' ').trim();
}

const DATE =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d))?$/;

/** A valid date string with optional time. HTML 2.3.5.8. */
function isDate(value: string): boolean {
  const day = DATE.exec(value)?.[1];
  if (day === undefined || day.startsWith('0000')) return false;
  const time = Date.parse(`${day}T00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
