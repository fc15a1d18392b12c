import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { close, listen } from './http-server.ts';
import { type MailFolder, sentMail } from './mail-folder.ts';

const PATH = '/v2/email/outbound-emails';

/**
 * Amazon SES's SendEmail on a loopback port, into a folder. Answers 403 to whoever does not sign with `accessKey`, and 400
 * to what SES would refuse: a header with a line's end in it among that.
 */
export async function startMailServer(
  mails: MailFolder,
  { accessKey }: { accessKey: string },
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const { status, json } = await answer(request, mails, accessKey);
    response.writeHead(status, { 'content-type': 'application/json', ...(status < 400 ? {} : refused(json)) });
    response.end(JSON.stringify(json));
  });
  const { url } = await listen(server);
  return { url, close: () => close(server) };
}

interface Answer {
  status: number;
  json: Record<string, string>;
}

const refused = ({ type = '' }: Answer['json']) => ({ 'x-amzn-errortype': type });

async function answer(request: IncomingMessage, mails: MailFolder, accessKey: string): Promise<Answer> {
  if (!request.headers.authorization?.includes(`Credential=${accessKey}/`))
    return refusal(403, 'AccessDeniedException');
  if (request.method !== 'POST' || request.url !== PATH) return refusal(404, 'NotFoundException');
  const sent = v.safeParse(sentMail, parse(await text(request)));
  if (!sent.success) return refusal(400, 'BadRequestException');
  const { FromEmailAddress, Destination, Content } = sent.output;
  const { Subject, Headers } = Content.Simple;
  const lines = [FromEmailAddress, ...Destination.ToAddresses, Subject.Data, ...Headers.flatMap(Object.values)];
  if (lines.some((line: string) => /[\r\n]/.test(line))) return refusal(400, 'BadRequestException');
  return { status: 200, json: { MessageId: mails.keep(sent.output) } };
}

const refusal = (status: number, type: string): Answer => ({ status, json: { type } });

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
