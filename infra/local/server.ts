import { createServer } from 'node:net';
import { resolve } from 'node:path';
import type { Settings } from '../../functions/domain/settings.ts';
import { type FunctionName, type FunctionSpec, manifest } from '../../functions/manifest.ts';
import type { Renewed } from '../../functions/renew.ts';
import type { Rebuilt } from '../../functions/republish.ts';
import { readJob, saveJob } from '../../functions/table/jobs.ts';
import { openTable } from '../../functions/table/table.ts';
import { uploadAdmin } from './admin.ts';
import { fingerprint, uploadAssets } from './assets.ts';
import { TABLE } from './connection.ts';
import { removeEndpoint, writeEndpoint } from './endpoint-file.ts';
import { Failure } from './failure.ts';
import { type GatewayOptions, startGateway } from './gateway.ts';
import { trustedIssuer } from './issuer.ts';
import { type Login, startLogin } from './login.ts';
import { openPlatform, type Platform, type StartTable } from './platform.ts';
import { seedOnce } from './seed.ts';

export interface ServerOptions {
  dataDir: string;
  /** 0 takes any free port. */
  port: number;
  settings: Settings;
  sample: boolean;
  authorPassword?: string | undefined;
  /** In place of the table that is in this process. */
  startTable?: StartTable;
}

export interface StoaServer {
  url: string;
  login: Login;
  platform: Platform;
  close(): Promise<void>;
}

/** All of Stoa on one machine, ready: every page is in the bucket. Throws a Failure for what the operator can mend. */
export async function startServer({
  dataDir,
  port,
  settings,
  sample,
  authorPassword,
  startTable,
}: ServerOptions): Promise<StoaServer> {
  const dir = resolve(dataDir);
  const chosen = port === 0 ? await freePort() : port;
  const siteUrl = `http://127.0.0.1:${chosen}`;
  const redirectUri = `${siteUrl}/admin/`;
  const platform = await openPlatform(dir, settings, { openTable: startTable, siteUrl });
  const login = await startLogin({
    dataDir: dir,
    redirectUris: [redirectUri],
    ...(authorPassword ? { password: authorPassword } : {}),
  });
  const stop = async () => {
    await login.close();
    await platform.close();
  };
  const gateway = await openGateway(platform, login, chosen).catch(async (error) => {
    await stop();
    throw error;
  });

  try {
    await uploadAssets(platform.bucket);
    await uploadAdmin(platform, login);
    await seedOnce(sample);
    await platform.drain();
    await republishIfChanged(platform, settings);
  } catch (error) {
    await gateway.close();
    await stop();
    throw error;
  }
  const timers = startSchedules(platform);
  const { tableUrl, bucketUrl } = platform.connection;
  const { issuer, clientId } = login;
  writeEndpoint(dir, {
    pid: process.pid,
    url: gateway.url,
    tableUrl,
    bucketUrl,
    settings,
    login: { issuer, clientId, redirectUri },
  });
  return {
    url: gateway.url,
    login,
    platform,
    close: async () => {
      removeEndpoint(dir);
      timers.forEach(clearInterval);
      await gateway.close();
      await stop();
    },
  };
}

async function openGateway({ bucket, mails, functions, connection }: Platform, login: Login, port: number) {
  const options: GatewayOptions = {
    port,
    bucket,
    mails,
    functions,
    manifest,
    settings: connection.settings,
    originSecret: connection.secrets.originSecret,
    issuer: await trustedIssuer(connection.settings.signIn, login),
  };
  try {
    return await startGateway(options);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new Failure(`port ${port} is taken: choose another with PORT`, { cause });
    if (code === 'EACCES') throw new Failure(`port ${port} is not allowed: choose one above 1023 with PORT`, { cause });
    throw cause;
  }
}

/** After a start with other templates, rules or settings, as after a deploy. */
async function republishIfChanged(platform: Platform, settings: Settings): Promise<void> {
  const table = openTable(TABLE);
  const now = fingerprint(settings);
  if ((await readJob<string>(table, 'build')) === now) return;
  while (!((await platform.run('renew', {})) as Renewed).finished);
  await platform.drain();
  let { finished } = (await platform.run('republish', { fresh: true })) as Rebuilt;
  while (!finished) ({ finished } = (await platform.run('republish', {})) as Rebuilt);
  await saveJob(table, 'build', now);
}

const RATE = /^rate\(1 (minute|day)\)$/;
const RATE_MS: Record<string, number> = { minute: 60_000, day: 86_400_000 };

function startSchedules(platform: Platform): NodeJS.Timeout[] {
  return (Object.keys(manifest) as FunctionName[]).flatMap((name) => {
    const { schedule }: FunctionSpec = manifest[name];
    if (!schedule) return [];
    const every = RATE_MS[RATE.exec(schedule)?.[1] ?? ''];
    if (!every) throw new Error(`the local platform does not know the schedule ${schedule} of ${name}`);
    const run = () =>
      platform.run(name, {}).catch((error: Error) => {
        console.error(JSON.stringify({ level: 'error', function: name, error: error.name, message: error.message }));
      });
    if (schedule === 'rate(1 minute)') void run();
    return [setInterval(run, every).unref()];
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address && typeof address === 'object' ? address.port : 0));
    });
  });
}
