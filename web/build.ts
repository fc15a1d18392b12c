import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { lookOf } from './look.ts';
import { REASONS } from './pages/reasons.ts';

const WEB = dirname(fileURLToPath(import.meta.url));
const GENERATED = join(WEB, 'generated');

/** The authors' room's style, by part; what comes later may narrow what stands before. */
const ROOM = ['elements', 'frame', 'parts', 'write', 'site', 'conversation', 'rules'] as const;

/**
 * Makes what pages refer to: generated/assets/ to be served for ever, generated/assets.ts with their names, and
 * generated/admin/, the document of the authors' room.
 */
export async function buildWeb(): Promise<void> {
  const linked = await minifiedStyle('colours.css', 'page.css', 'talk.css', 'lists.css', 'receipt.css');
  const styleFile = hashed('page', Buffer.from(linked), 'css');
  const stylesheet = `/assets/${styleFile}`;
  const [style, quietStyle, listStyle, adminStyle, client, admin, icon] = await Promise.all([
    minifiedStyle('colours.css', 'page.css', 'talk.css'),
    minifiedStyle('colours.css', 'page.css'),
    minifiedStyle('colours.css', 'page.css', 'lists.css'),
    minifiedStyle('colours.css', ...ROOM.map((name) => `room/${name}.css`)),
    bundled('client', 'client/main.ts', stylesheet),
    bundled('admin', 'admin/main.tsx', stylesheet),
    readFile(join(WEB, 'assets/icon.svg')),
  ]);
  const iconFile = hashed('icon', icon, 'svg');
  const adminStyleFile = hashed('admin', Buffer.from(adminStyle), 'css');
  const files = new Map<string, Buffer>([
    ...client.files,
    ...admin.files,
    [iconFile, icon],
    [styleFile, Buffer.from(linked)],
    [adminStyleFile, Buffer.from(adminStyle)],
  ]);
  await mkdir(join(GENERATED, 'assets'), { recursive: true });
  await mkdir(join(GENERATED, 'admin'), { recursive: true });
  await Promise.all([...files].map(([name, bytes]) => put(join(GENERATED, 'assets', name), bytes)));
  await prune(join(GENERATED, 'assets'), files);
  await put(
    join(GENERATED, 'admin/index.html'),
    Buffer.from(adminDocument({ script: admin.entry, style: adminStyleFile, icon: iconFile })),
  );
  await put(
    join(GENERATED, 'assets.ts'),
    Buffer.from(
      constants({
        style,
        cspStyle: cspHash(style),
        quietStyle,
        cspQuietStyle: cspHash(quietStyle),
        listStyle,
        cspListStyle: cspHash(listStyle),
        clientScript: `/assets/${client.entry}`,
        icon: `/assets/${iconFile}`,
        stylesheet,
        look: await lookOf(join(WEB, '..'), [...files.keys()]),
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

/** A module by the name `entry`, and the parts that it loads when they are used. A file's name holds a hash of all it imports. */
async function bundled(
  name: string,
  main: string,
  stylesheet: string,
): Promise<{ entry: string; files: Map<string, Buffer> }> {
  const { outputFiles } = await build({
    entryPoints: { [name]: join(WEB, main) },
    outdir: join(GENERATED, 'assets'),
    entryNames: '[name].[hash]',
    chunkNames: `${name}-[name].[hash]`,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    write: false,
    // As text: an object would be a chunk of its own.
    define: { REASONS: JSON.stringify(JSON.stringify(REASONS)), STYLESHEET: JSON.stringify(stylesheet) },
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), Buffer.from(contents)]));
  const entry = [...files.keys()].find((file) => file.startsWith(`${name}.`));
  if (!entry) throw new Error(`esbuild made no ${name} script`);
  return { entry, files };
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
