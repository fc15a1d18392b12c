import { launchBrowser } from './browser.ts';
import { openGallery } from './gallery.ts';
import { samplePages } from './pages.ts';

await using g = await openGallery(samplePages());
await using b = await launchBrowser();
const only = process.argv[2];
for (const scheme of ['light', 'dark'] as const)
  for (const w of [390, 1280]) {
    const page = await b.newPage({ viewport: { width: w, height: 900 }, colorScheme: scheme });
    page.on('console', (m) => console.log(m.text()));
    for (const path of samplePages().keys()) {
      const name = path.replace(/[^a-z0-9]+/g, '_');
      if (only && !name.match(only)) continue;
      await page.goto(g.origin + path);
      await page.screenshot({ path: `/tmp/stoa-shots/${name}-${w}-${scheme}.png`, fullPage: true });
    }
    await page.close();
  }
