/** What an operator can mend: printed as one line, without a stack. */
export class Failure extends Error {
  override name = 'Failure';

  constructor(message: string, options?: ErrorOptions) {
    super(message.replace(/[\s\p{Cc}]+/gu, ' ').trim(), options);
  }
}
