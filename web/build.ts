import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { REASONS } from './pages/reasons.ts';

const WEB = dirname(fileURLToPath(import.meta.url));
const GENERATED = join(WEB, 'generated');

/** Makes what pages refer to: generated/assets/ to be served for ever, and generated/assets.ts with their names. */
export async function buildWeb(): Promise<void> {
  const [style, listStyle, script, icon] = await Promise.all([
    minifiedStyle('page.css'),
    minifiedStyle('page.css', 'lists.css'),
    bundledClient(),
    readFile(join(WEB, 'assets/icon.svg')),
  ]);
  const files = new Map([
    [hashed('client', script, 'js'), script],
    [hashed('icon', icon, 'svg'), icon],
    [hashed('page', Buffer.from(listStyle), 'css'), Buffer.from(listStyle)],
  ]);
  await mkdir(join(GENERATED, 'assets'), { recursive: true });
  await Promise.all([...files].map(([name, bytes]) => put(join(GENERATED, 'assets', name), bytes)));
  await prune(join(GENERATED, 'assets'), files);
  const [clientScript, iconFile, styleFile] = [...files.keys()];
  await put(
    join(GENERATED, 'assets.ts'),
    Buffer.from(
      constants({
        style,
        cspStyle: cspHash(style),
        listStyle,
        cspListStyle: cspHash(listStyle),
        clientScript: `/assets/${clientScript}`,
        icon: `/assets/${iconFile}`,
        stylesheet: `/assets/${styleFile}`,
      }),
    ),
  );
}

const cspHash = (style: string) => `sha256-${createHash('sha256').update(style).digest('base64')}`;

async function minifiedStyle(...names: string[]): Promise<string> {
  const sources = await Promise.all(names.map((name) => readFile(join(WEB, 'assets', name), 'utf8')));
  const { code } = await transform(sources.join('\n'), { loader: 'css', minify: true });
  const style = code.trim().replace(/(--[\w-]+): /g, '$1:');
  if (style.includes('</')) throw new Error('web/assets must not hold "</": it is inlined in a style element');
  return style;
}

async function bundledClient(): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [join(WEB, 'client/main.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    define: { REASONS: JSON.stringify(REASONS) },
  });
  const [file] = outputFiles;
  if (!file) throw new Error('esbuild made no client script');
  return Buffer.from(file.contents);
}

const hashed = (name: string, bytes: Buffer, extension: string) =>
  `${name}.${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}.${extension}`;

const constants = (values: Record<string, string>) =>
  `${Object.entries(values)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join('\n')}\n`;

/** Leaves a file alone that already says so, for watchers and for others who read it at this moment. */
async function put(path: string, bytes: Buffer): Promise<void> {
  const present = await readFile(path).catch(() => null);
  if (!present?.equals(bytes)) await writeFile(path, bytes);
}

async function prune(folder: string, keep: ReadonlyMap<string, Buffer>): Promise<void> {
  const stale = (await readdir(folder)).filter((name) => !keep.has(name));
  await Promise.all(stale.map((name) => rm(join(folder, name), { force: true })));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWeb();
