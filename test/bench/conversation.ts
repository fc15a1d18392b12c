import { POLICY } from '../../functions/domain/allowed-tags.ts';
import { commentId, hueOf, randomId, readerHash, readerToken } from '../../functions/domain/identity.ts';
import { sanitizeComment } from '../../functions/domain/sanitize.ts';
import { readKeys } from '../../functions/keys.ts';
import { seat } from '../../functions/table/comments.ts';
import type { Table } from '../../functions/table/table.ts';
import type { Random } from './random.ts';
import { remark } from './remark.ts';
import { familyNames, givenNames } from './words.ts';

interface Person {
  id: string;
  name: string;
  url: string | null;
  host: boolean;
}

interface Seated {
  ref: string;
  root: string;
}

const CHARACTERS = 280;
/** Of what is said, this much answers somebody, and mostly one of the last to speak. */
const REPLIES = 0.6;
const REMEMBERED = 12;
/** Of what is said, this much comes from somebody who was there before. */
const REGULARS = 0.55;
const MINUTES_BETWEEN = 90;

/** What people say under one article, one after the other, put on seats as the comment handler does it. */
export class Conversation {
  readonly #table: Table;
  readonly #post: string;
  readonly #random: Random;
  readonly #people: Person[] = [{ id: randomId(), name: 'Odile Brandt', url: null, host: true }];
  readonly #seated: Seated[] = [];
  #clock = Date.now();
  /** Everything that was said, as it was written. */
  readonly sources: string[] = [];

  constructor(table: Table, post: string, random: Random) {
    this.#table = table;
    this.#post = post;
    this.#random = random;
  }

  async growTo(count: number): Promise<void> {
    while (this.sources.length < count) await this.#say();
  }

  async #say(): Promise<void> {
    const random = this.#random;
    const parent = random.chance(REPLIES) ? this.#seated.at(-1 - random.below(REMEMBERED)) : undefined;
    const person = this.#speaker(parent !== undefined);
    const source = remark(random, CHARACTERS);
    const { html, removed } = sanitizeComment(source);
    const { identityKey } = readKeys();
    this.#clock += 1 + random.below(2 * MINUTES_BETWEEN * 60_000);

    const ref = await seat(this.#table, {
      id: commentId(identityKey, { post: this.#post, parent: parent?.ref ?? null, person: person.id, source }),
      post: this.#post,
      to: parent?.ref ?? null,
      root: parent?.root ?? null,
      author: { name: person.name, url: person.url, host: person.host, hue: hueOf(identityKey, person.id) },
      person: person.id,
      html,
      source,
      policy: POLICY,
      removed,
      reason: null,
      created: new Date(this.#clock).toISOString(),
      reader: readerHash(readerToken()),
    });
    this.#seated.push({ ref, root: parent?.root ?? ref });
    this.sources.push(source);
  }

  /** The host answers, and does not open threads under the own article. */
  #speaker(answering: boolean): Person {
    const random = this.#random;
    const known = random.chance(REGULARS) ? random.any(this.#people) : undefined;
    if (known && (answering || !known.host)) return known;
    const given = random.any(givenNames);
    const name = random.chance(0.45) ? `${given} ${random.any(familyNames)}` : given;
    const url = random.chance(0.2) ? `https://${given.toLowerCase().replace(/[^a-z]/g, '')}.example/` : null;
    const person = { id: randomId(), name, url, host: false };
    this.#people.push(person);
    return person;
  }
}
