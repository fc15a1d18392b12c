import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { REASONS } from './pages/reasons.ts';

const WEB = dirname(fileURLToPath(import.meta.url));
const GENERATED = join(WEB, 'generated');

/**
 * Makes what pages refer to: generated/assets/ to be served for ever, generated/assets.ts with their names, and
 * generated/admin/, the document of the authors' room.
 */
export async function buildWeb(): Promise<void> {
  const [style, listStyle, adminStyle, script, admin, icon] = await Promise.all([
    minifiedStyle('colours.css', 'page.css'),
    minifiedStyle('colours.css', 'page.css', 'lists.css'),
    minifiedStyle('colours.css', 'admin.css'),
    bundledClient(),
    bundledAdmin(),
    readFile(join(WEB, 'assets/icon.svg')),
  ]);
  const adminStyleFile = hashed('admin', Buffer.from(adminStyle), 'css');
  const files = new Map([
    [hashed('client', script, 'js'), script],
    [hashed('icon', icon, 'svg'), icon],
    [hashed('page', Buffer.from(listStyle), 'css'), Buffer.from(listStyle)],
    [adminStyleFile, Buffer.from(adminStyle)],
    ...admin.files,
  ]);
  await mkdir(join(GENERATED, 'assets'), { recursive: true });
  await mkdir(join(GENERATED, 'admin'), { recursive: true });
  await Promise.all([...files].map(([name, bytes]) => put(join(GENERATED, 'assets', name), bytes)));
  await prune(join(GENERATED, 'assets'), files);
  const [clientScript, iconFile, styleFile] = [...files.keys()];
  await put(
    join(GENERATED, 'admin/index.html'),
    Buffer.from(adminDocument({ script: admin.entry, style: adminStyleFile, icon: iconFile ?? '' })),
  );
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

/** The authors' room, a file for each view; esbuild puts the hash of what a file holds and imports into its name. */
async function bundledAdmin(): Promise<{ entry: string; files: [string, Buffer<ArrayBuffer>][] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(WEB, 'admin/main.tsx')],
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { REASONS: JSON.stringify(REASONS) },
    entryNames: 'admin.[hash]',
    chunkNames: 'admin-[name].[hash]',
    outdir: join(GENERATED, 'assets'),
    write: false,
    metafile: true,
  });
  const entry = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint?.endsWith('admin/main.tsx'));
  if (!entry) throw new Error('esbuild made no admin script');
  return {
    entry: basename(entry[0]),
    files: outputFiles.map(({ path, contents }) => [basename(path), Buffer.from(contents)]),
  };
}

const adminDocument = ({ script, style, icon }: Record<'script' | 'style' | 'icon', string>) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>The authors’ room – Stoa</title>
<link rel="icon" href="/assets/${icon}">
<link rel="stylesheet" href="/assets/${style}">
<script type="module" src="/assets/${script}"></script>
<body>
<div id="app"></div>
<noscript><main class="door"><h1>The authors’ room</h1><p>It needs JavaScript. Readers and commenters need none.</p></main></noscript>
`;

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
