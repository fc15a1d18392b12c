import type { ErrorCode, ErrorDetail, RuleError } from '../domain/errors.ts';

export interface Problem {
  status: number;
  title: string;
  detail: (figures: ErrorDetail) => string;
  /** The field that the refusal is about, where it is always the same one. */
  field?: 'body' | 'parent' | 'slug';
}

const SAFE = 'What you wrote is still here.';

/** What each refusal is over HTTP, in words for a person. */
export const PROBLEMS: Readonly<Record<ErrorCode, Problem>> = {
  'author.unknown': {
    status: 409,
    title: 'Nobody knows yet who you write as',
    detail: () => 'Choose the author that this account writes as.',
  },
  'body.encoding': {
    status: 400,
    title: 'That text could not be read',
    detail: () => 'It holds characters that are not valid UTF-8. Please type or paste it again.',
  },
  'body.malformed': {
    status: 400,
    title: 'That request could not be read',
    detail: () => 'The body must be one JSON object, or a form.',
  },
  'body.too-large': {
    status: 413,
    title: 'That is too much at once',
    detail: ({ limit }) => `A request may hold ${limit} bytes.`,
  },
  'body.type': {
    status: 415,
    title: 'That kind of request is not taken here',
    detail: () => 'Send application/x-www-form-urlencoded or application/json.',
  },
  'comment.conflict': {
    status: 409,
    title: 'Somebody else changed this comment',
    detail: () => `Read it again and put your change on top of it. ${SAFE}`,
  },
  'comment.empty': {
    status: 422,
    title: 'There is nothing to say yet',
    detail: () => 'The comment is empty, or holds nothing that may be shown.',
    field: 'body',
  },
  'comment.fixed': {
    status: 409,
    title: 'These words stay as they are',
    detail: () =>
      'The time for changing them is over, or a moderator has decided about them. You can still erase them.',
  },
  'comment.invalid': {
    status: 422,
    title: 'That is not a comment',
    detail: () => 'A comment is text.',
    field: 'body',
  },
  'comment.move': {
    status: 409,
    title: 'That is not possible any more',
    detail: ({ from, to }) => `A comment that is ${from} cannot become ${to}.`,
  },
  'comment.moved': {
    status: 409,
    title: 'Somebody else was faster',
    detail: ({ status, edited }) =>
      edited
        ? 'Its words were changed meanwhile. Read it again.'
        : `Meanwhile it became ${status}. Nothing was changed.`,
  },
  'comment.not-found': {
    status: 404,
    title: 'There is nothing here',
    detail: () => 'There is no such comment, or it is not yours to see in this browser.',
  },
  'comment.too-deep': {
    status: 422,
    title: 'Too many tags inside each other',
    detail: ({ limit }) => `Tags may stand ${limit} deep. ${SAFE}`,
    field: 'body',
  },
  'comment.too-long': {
    status: 413,
    title: 'That comment is too long',
    detail: ({ limit, got }) => `A comment may have ${limit} bytes; this one has ${got}. ${SAFE}`,
    field: 'body',
  },
  'comment.too-long-html': {
    status: 413,
    title: 'That comment is too long',
    detail: ({ limit, got }) => `As a page it may have ${limit} bytes; this one has ${got}. ${SAFE}`,
    field: 'body',
  },
  'group.missing': {
    status: 403,
    title: 'That is not for this account',
    detail: ({ group }) => `The account is not in the group ${group}.`,
  },
  'image.many': {
    status: 429,
    title: 'Those are many pictures at once',
    detail: ({ limit, seconds }) =>
      `An account may send ${limit} at once, and then one a minute. ${SAFE} Please send it again in ${inWords(seconds)}.`,
  },
  'image.not-found': {
    status: 404,
    title: 'There is no such picture',
    detail: () => 'Send it again.',
  },
  'input.invalid': {
    status: 422,
    title: 'Something is missing or not right',
    detail: () => `Please look at the fields that are marked. ${SAFE}`,
  },
  internal: {
    status: 500,
    title: 'Something went wrong here',
    detail: () => `It is not your fault. ${SAFE} Please try again in a moment.`,
  },
  'link.spent': {
    status: 410,
    title: 'This link is over',
    detail: () => 'It works once, and not for long. Ask for another one at /api/me.',
  },
  'mail.off': {
    status: 404,
    title: 'This site sends no mail',
    detail: () => 'Please turn to the people who run it.',
  },
  'origin.foreign': {
    status: 403,
    title: 'That came from somewhere else',
    detail: () => 'Comments are taken from the pages of this site only.',
  },
  'parent.unknown': {
    status: 422,
    title: 'The comment you answer is not there',
    detail: () => `It may have been removed, or belongs to another article. ${SAFE}`,
    field: 'parent',
  },
  'pins.full': {
    status: 409,
    title: 'There is no room for another pin',
    detail: ({ limit }) => `An article may have ${limit} pinned comments: let one go first.`,
  },
  'post.closed': {
    status: 409,
    title: 'This conversation is closed',
    detail: () => 'The article takes no more comments.',
  },
  'post.conflict': {
    status: 409,
    title: 'Somebody else changed this article',
    detail: ({ post }) => `Read "${post}" again and put your change on top of it.`,
  },
  'post.invalid': {
    status: 422,
    title: 'That article cannot be taken',
    detail: ({ field, got, remedy }) => `${field} ${remedy}, got "${got}"`,
  },
  'post.not-found': {
    status: 404,
    title: 'There is no such article',
    detail: () => 'It may have been withdrawn.',
  },
  'proof.off': {
    status: 404,
    title: 'No proof of work is asked for here',
    detail: () => 'Send the comment without one.',
  },
  'query.invalid': {
    status: 400,
    title: 'That address could not be read',
    detail: ({ name, remedy }) => `${name} ${remedy}`,
  },
  'queue.full': {
    status: 503,
    title: 'Too much is waiting to be read',
    detail: ({ limit }) =>
      `${limit} comments wait for a person to read them, so no more are taken for now. ${SAFE} Please try again later.`,
  },
  'quota.address': {
    status: 429,
    title: 'That was a lot at once',
    detail: ({ seconds }) => `Much was sent from where you are. ${SAFE} Please send it again in ${inWords(seconds)}.`,
  },
  'quota.post': {
    status: 429,
    title: 'Many people are talking here',
    detail: ({ seconds }) =>
      `This article is getting more comments than can be taken at once. ${SAFE} Please send it again in ${inWords(seconds)}.`,
  },
  'revision.not-found': {
    status: 404,
    title: 'There is no such revision',
    detail: () => 'The article was never saved under that number.',
  },
  'site.conflict': {
    status: 409,
    title: 'Somebody else changed this',
    detail: () => `Read it again and put your change on top of it. ${SAFE}`,
  },
  'rules.conflict': {
    status: 409,
    title: 'Somebody else changed the rules',
    detail: () => 'Read them again and put your change on top of them.',
  },
  'session.over': {
    status: 401,
    title: 'You have been away for a while',
    detail: () => 'What is stored about you is shown for half an hour. Ask for another link at /api/me.',
  },
  'slug.taken': {
    status: 409,
    title: 'That address is taken',
    detail: ({ slug }) => `There is an article at /${slug}/ already.`,
    field: 'slug',
  },
};

/** `90` -> `2 minutes`: rounded up, so that whoever waits that long is let in. */
function inWords(seconds: ErrorDetail[string] | undefined): string {
  const given = Number(seconds);
  const [count, unit] =
    given < 90 ? [given, 'second'] : given < 5400 ? [given / 60, 'minute'] : ([given / 3600, 'hour'] as const);
  return `${Math.ceil(count)} ${unit}${Math.ceil(count) === 1 ? '' : 's'}`;
}

/** The fields that a refusal is about, with what is the matter with each. */
export function fieldsOf({ code, detail, fields }: RuleError): Record<string, string> {
  const { field = detail.field, detail: words } = PROBLEMS[code];
  return field ? { [String(field)]: words(detail) } : fields;
}

/** A refusal in words for a person. */
export const describe = ({ code, detail }: RuleError): string => PROBLEMS[code].detail(detail);
