import { Failure } from '../local/failure.ts';

/** Runs it, with what an operator can mend about AWS as a Failure. */
export async function inOneLine(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (cause) {
    const words = wordsFor(cause);
    throw words === null ? cause : new Failure(words, { cause });
  }
}

const SIGN_IN = 'sign in with `aws sso login`, or choose a profile with AWS_PROFILE';

const WORDS: readonly { names: readonly string[]; words: (message: string) => string }[] = [
  {
    names: ['CredentialsProviderError', 'TokenProviderError'],
    words: (message) => `there are no AWS credentials: ${SIGN_IN} (${message})`,
  },
  {
    names: [
      'ExpiredToken',
      'ExpiredTokenException',
      'InvalidAccessKeyId',
      'InvalidClientTokenId',
      'InvalidSignatureException',
      'RequestExpired',
      'SignatureDoesNotMatch',
      'UnrecognizedClientException',
    ],
    words: (message) => `AWS does not take these credentials: ${SIGN_IN} (${message})`,
  },
  {
    names: ['AccessDenied', 'AccessDeniedException', 'NotAuthorizedException', 'UnauthorizedOperation'],
    words: (message) => `AWS denies it: ${message}`,
  },
  {
    names: [
      'LimitExceededException',
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'SlowDown',
      'ThrottledException',
      'Throttling',
      'ThrottlingException',
      'TooManyRequestsException',
    ],
    words: (message) => `AWS throttles: wait a minute, then run the command again (${message})`,
  },
  {
    names: ['NoSuchBucket', 'ResourceNotFoundException'],
    words: (message) => `what the stacks name is not there: deploy the stage again (${message})`,
  },
  {
    names: ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN', 'TimeoutError'],
    words: (message) => `AWS cannot be reached: check the network and the region (${message})`,
  },
];

function wordsFor(error: unknown): string | null {
  if (!(error instanceof Error) || error instanceof Failure) return null;
  const { name, code = '', message } = error as NodeJS.ErrnoException;
  if (message === 'Region is missing')
    return 'there is no AWS region: set AWS_REGION, or choose a profile that has one';
  const known = WORDS.find(({ names }) => names.includes(name) || names.includes(code));
  return known ? known.words(message || code) : null;
}
