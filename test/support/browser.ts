import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

/**
 * A Chromium, headless: the one CHROME_PATH names, else the system's, else @sparticuz/chromium, which is unpacked once into
 * node_modules/.cache. `await using browser = …` or closeBrowser() ends it.
 */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const found = await findBrowser();
  return chromium.launch({
    executablePath: found.path,
    args: [...FLAGS, ...more],
    env: { ...process.env, ...found.env },
  });
}

export async function closeBrowser(browser: Browser | undefined): Promise<void> {
  await browser?.close();
}

/** Not @sparticuz/chromium's own flags: they switch web security off. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

type Found = { readonly path: string; readonly env: NodeJS.ProcessEnv };

async function findBrowser(): Promise<Found> {
  const named = process.env.CHROME_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROME_PATH names no file: ${named}`);
  const path = named || systemBrowser();
  return path ? { path, env: {} } : unpackedBrowser();
}

function systemBrowser(): string | undefined {
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), mac].find(existsSync);
}

/** Unpacked aside and then renamed, so that an interrupted start leaves no half of a browser, and two at once agree. */
async function unpackedBrowser(): Promise<Found> {
  const { resolve } = createRequire(import.meta.url);
  const modules = join(dirname(resolve('playwright-core/package.json')), '..');
  const cache = join(modules, '.cache');
  const home = join(cache, `chromium-${CHROMIUM}`);

  if (!existsSync(join(home, 'chromium'))) {
    await mkdir(cache, { recursive: true });
    const aside = await mkdtemp(join(cache, 'unpacking-chromium-'));
    try {
      await unpack(aside, join(modules, '..'));
      await rename(aside, home);
    } catch (cause) {
      if (!existsSync(join(home, 'chromium'))) throw new Error('Chromium could not be unpacked', { cause });
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  }
  return { path: join(home, 'chromium'), env: await fontsFrom(home) };
}

const CHROMIUM = '153';

/** In a process of its own: the package writes to the TMPDIR of its process, which others here use for their own files. */
async function unpack(folder: string, cwd: string): Promise<void> {
  const script = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();";
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd,
    env: { ...process.env, TMPDIR: folder },
  });
}

/** Where the system has no fonts, the package's own. */
async function fontsFrom(home: string): Promise<NodeJS.ProcessEnv> {
  if (existsSync('/etc/fonts/fonts.conf')) return {};
  const fonts = (await readdir(home)).includes('fonts') ? join(home, 'fonts') : undefined;
  return fonts ? { FONTCONFIG_PATH: fonts } : {};
}
