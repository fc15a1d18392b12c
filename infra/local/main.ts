import { Failure } from './failure.ts';
import { checkNode } from './node-version.ts';

/** `npm start`: PORT, STOA_DATA, STOA_CONFIG, STOA_SAMPLE and STOA_AUTHOR_PASSWORD are read here. */
async function main(): Promise<void> {
  checkNode(process.versions.node);
  const { PORT = '3000', STOA_DATA = '.stoa', STOA_SAMPLE = 'on', STOA_AUTHOR_PASSWORD } = process.env;
  const port = portOf(PORT);
  const sample = isOn('STOA_SAMPLE', STOA_SAMPLE);
  const { readSettings, settingsPath } = await import('../settings-file.ts');
  const settings = readSettings(settingsPath(process.env));
  const { startServer } = await import('./server.ts');
  const server = await startServer({
    dataDir: STOA_DATA,
    port,
    settings,
    sample,
    authorPassword: STOA_AUTHOR_PASSWORD,
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    server.close().then(() => process.exit(0), fail);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);

  const { username, password } = server.login.account;
  console.log(`Authors sign in as ${username} with the password ${password} at ${server.login.issuer}`);
  console.log(`Stoa is ready at ${server.url}`);
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new Failure(`PORT must be a number from 0 to 65535, got "${text}": try 3000`);
  return port;
}

function isOn(name: string, text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new Failure(`${name} must be on or off, got "${text}"`);
  return text === 'on';
}

function fail(error: unknown): never {
  console.error(error instanceof Failure ? `stoa: ${error.message}` : error);
  process.exit(1);
}

main().catch(fail);
