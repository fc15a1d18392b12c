/** A refusal of the API: RFC 9457, with Stoa's code and a word for each field. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly fields: Readonly<Record<string, string>>;
  /** With a conflict, what is there now. */
  readonly current: unknown;

  constructor({
    status,
    code = '',
    title = '',
    detail = '',
    fields = {},
    current,
  }: Partial<ProblemBody> & { status: number }) {
    super(detail || title || `The server answered ${status}.`);
    this.status = status;
    this.code = code;
    this.title = title;
    this.fields = fields;
    this.current = current;
  }
}

interface ProblemBody {
  status: number;
  code: string;
  title: string;
  detail: string;
  fields: Record<string, string>;
  current: unknown;
}

/** The server could not be reached, or did not answer as itself. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

/** Nobody is signed in any more. */
export class SessionEnded extends Error {
  override name = 'SessionEnded';
}

/** What happened and what to do, in words for a person. */
export function sayProblem(error: unknown): string {
  if (error instanceof Unreachable) return 'Stoa cannot be reached. Check the connection, then try again.';
  if (error instanceof SessionEnded) return 'Your session has ended. Sign in again to go on.';
  if (error instanceof Problem) return error.message;
  return 'Something went wrong in this page. Reload it, and try again.';
}
