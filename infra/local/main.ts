import { Failure } from './failure.ts';

const OLDEST_NODE = 22;

/** `npm start`: PORT, STOA_DATA, STOA_CONFIG, STOA_SAMPLE and STOA_AUTHOR_PASSWORD are read here. */
async function main(): Promise<void> {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    throw new Failure(
      `Stoa runs on Node ${OLDEST_NODE} or later, this is ${process.version}: start it with npm start, which brings its own`,
    );
  }
  const [{ readSettings }, { startServer }] = await Promise.all([import('./settings-file.ts'), import('./server.ts')]);
  const { PORT = '3000', STOA_DATA = '.stoa', STOA_CONFIG, STOA_SAMPLE, STOA_AUTHOR_PASSWORD } = process.env;
  const server = await startServer({
    dataDir: STOA_DATA,
    port: portOf(PORT),
    settings: readSettings(STOA_CONFIG || undefined),
    sample: STOA_SAMPLE !== 'off',
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

function fail(error: unknown): never {
  console.error(error instanceof Failure ? `stoa: ${error.message}` : error);
  process.exit(1);
}

main().catch(fail);
