import * as v from 'valibot';
import { tagsHint } from '../domain/allowed-tags.ts';
import { COMMENT_LIMITS } from '../domain/comment-limits.ts';
import { graphemes, isVisible, normalise } from '../domain/text.ts';

const NAME_GRAPHEMES = 80;
/** One grapheme has no end: letters may be joined for ever. */
const NAME_BYTES = 2_048;
const URL_CHARACTERS = 200;
const EMAIL_CHARACTERS = 254;
const PROOF_CHARACTERS = 2_000;

const text = (name: string) => v.string(`${name} must be text, sent once`);

export const emailAddress = v.pipe(
  text('The e-mail address'),
  v.trim(),
  v.minLength(1, 'Please give an e-mail address; it is never shown'),
  v.maxLength(EMAIL_CHARACTERS, `An e-mail address may have ${EMAIL_CHARACTERS} characters`),
  v.email('That is not an e-mail address: name@example.org'),
);

/** What a commenter sends. Rebuilt from these fields alone: id, status and time cannot be supplied. */
export const submission = v.strictObject(
  {
    name: v.pipe(
      text('The name'),
      v.description(`1 to ${NAME_GRAPHEMES} characters, as a reader counts them`),
      v.transform(normalise),
      v.check(isVisible, 'Please give a name'),
      v.maxBytes(NAME_BYTES, `A name may have ${NAME_BYTES} bytes`),
      v.check((name) => graphemes(name) <= NAME_GRAPHEMES, `A name may have ${NAME_GRAPHEMES} characters`),
    ),
    email: emailAddress,
    url: v.optional(
      v.pipe(
        text('The website'),
        v.trim(),
        v.maxLength(URL_CHARACTERS, `A website's address may have ${URL_CHARACTERS} characters`),
        v.transform(website),
        v.check((url) => url !== undefined, 'That is not the address of a website: https://example.org'),
        v.transform((url) => url ?? null),
      ),
      '',
    ),
    body: v.pipe(
      text('The comment'),
      v.description(`At most ${COMMENT_LIMITS.source} bytes of UTF-8; may use ${tagsHint.join(' ')}`),
    ),
    notify: v.pipe(
      v.optional(v.union([v.literal('on'), v.boolean()], 'is on, or left out'), false),
      v.description('Mail the writer when the comment is published and when it is answered, if they confirm that'),
      v.transform((notify) => notify === 'on' || notify === true),
    ),
    parent: v.optional(
      v.pipe(
        v.nullable(text('The comment you answer')),
        v.transform((parent) => parent || null),
      ),
      null,
    ),
    proof: v.optional(
      v.pipe(
        text('The proof of work'),
        v.maxLength(PROOF_CHARACTERS, `A proof of work may have ${PROOF_CHARACTERS} characters`),
        v.description('ALTCHA: what answers a challenge of this article, in base64; without one, a person looks first'),
      ),
      '',
    ),
    topic: v.optional(v.pipe(text('The topic'), v.description('People do not see it, and leave it empty')), ''),
  },
  (issue) => (issue.expected === 'never' ? 'is not a field of a comment' : 'Please send the fields of the form'),
);

export type Submission = v.InferOutput<typeof submission>;

/** null: none given; undefined: not the address of a website. A missing scheme is added, as people leave it out. */
function website(given: string): string | null | undefined {
  if (given === '') return null;
  const address = /^[a-z][a-z0-9+.-]*:/i.test(given) ? given : `https://${given}`;
  if (!URL.canParse(address)) return undefined;
  const { protocol, username, password, href } = new URL(address);
  return /^https?:$/.test(protocol) && !username && !password && href.length <= URL_CHARACTERS * 3 ? href : undefined;
}
