import { letterHtml } from '../../web/pages/mail/Letter.tsx';
import { type Letter, letterText } from '../../web/pages/mail/letter.ts';
import { signedFetch } from '../signed-fetch.ts';

export interface Postbox {
  /** Throws an Error with what the service answered, never with the address. */
  send(to: string, letter: Letter): Promise<void>;
}

/**
 * Amazon SES, by signed fetch: its client would weigh more than the function that uses it. SES puts the MIME message
 * together, both parts and every header; `name` is shown beside the address.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
export function openPostbox(name: string, from: string, env: NodeJS.ProcessEnv = process.env): Postbox {
  const region = env.AWS_REGION ?? 'us-east-1';
  const url = env.AWS_ENDPOINT_URL_SESV2 ?? `https://email.${region}.amazonaws.com`;
  // SES may have sent a mail whose answer was lost: the outbox decides what is tried again.
  const ask = signedFetch({ service: 'ses', tries: 1 }, env);
  return {
    async send(to, letter) {
      const answer = await ask(`${url}/v2/email/outbound-emails`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          FromEmailAddress: `${encodedWords(name)} <${from}>`,
          Destination: { ToAddresses: [to] },
          Content: { Simple: messageOf(letter) },
          ConfigurationSetName: env.STOA_MAIL_SET,
        }),
      });
      if (!answer.ok) throw new Error(`SES answered ${answer.status} ${answer.headers.get('x-amzn-errortype') ?? ''}`);
    },
  };
}

function messageOf(letter: Letter) {
  const part = (Data: string) => ({ Data, Charset: 'UTF-8' });
  return {
    Subject: part(letter.subject),
    Body: { Text: part(letterText(letter)), Html: part(letterHtml(letter)) },
    Headers: [{ Name: 'Auto-Submitted', Value: 'auto-generated' }, ...(letter.stop ? oneClick(letter.stop) : [])],
  };
}

/** RFC 8058: the mail program's own button posts there, without cookies. */
const oneClick = (stop: string) => [
  { Name: 'List-Unsubscribe', Value: `<${stop}>` },
  { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
];

/** RFC 2047: at most 75 characters a word, which 45 bytes are in base64. */
const WORD_BYTES = 45;

/** A name as a header may bear it, whatever it is: in words of base64. */
export function encodedWords(name: string): string {
  const words: string[] = [];
  let word = '';
  for (const character of name) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((text) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`).join(' ');
}
