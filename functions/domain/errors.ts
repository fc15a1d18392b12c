/** Every refusal a person or program can meet. http/errors.ts gives each its status and wording. */
export type ErrorCode =
  | 'author.unknown'
  | 'body.encoding'
  | 'body.malformed'
  | 'body.too-large'
  | 'body.type'
  | 'comment.conflict'
  | 'comment.empty'
  | 'comment.fixed'
  | 'comment.invalid'
  | 'comment.not-found'
  | 'comment.move'
  | 'comment.moved'
  | 'comment.too-deep'
  | 'comment.too-long'
  | 'comment.too-long-html'
  | 'group.missing'
  | 'image.many'
  | 'image.not-found'
  | 'input.invalid'
  | 'internal'
  | 'link.spent'
  | 'mail.off'
  | 'origin.foreign'
  | 'parent.unknown'
  | 'post.closed'
  | 'post.conflict'
  | 'post.invalid'
  | 'pins.full'
  | 'post.not-found'
  | 'proof.off'
  | 'query.invalid'
  | 'queue.full'
  | 'quota.address'
  | 'quota.post'
  | 'revision.not-found'
  | 'site.conflict'
  | 'rules.conflict'
  | 'session.over'
  | 'slug.taken';

export type ErrorDetail = Readonly<Record<string, string | number | boolean>>;

/** A refusal by a rule, with a literal code and the figures a message needs. Never carries a raw body. */
export class RuleError extends Error {
  override name = 'RuleError';

  readonly code: ErrorCode;
  readonly detail: ErrorDetail;
  /** What is wrong with which field, in words for the person who filled it in. */
  readonly fields: Readonly<Record<string, string>>;
  /** What is there now, for those who came too late with a change. */
  readonly current: object | undefined;

  constructor(code: ErrorCode, detail: ErrorDetail = {}, { fields = {}, current, ...options }: RuleErrorOptions = {}) {
    super(code, options);
    this.code = code;
    this.detail = detail;
    this.fields = fields;
    this.current = current;
  }
}

interface RuleErrorOptions extends ErrorOptions {
  fields?: Readonly<Record<string, string>>;
  current?: object;
}
