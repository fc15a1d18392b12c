import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HTMLElement } from 'node-html-parser';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeBrowser, launchBrowser } from '../support/browser.ts';
import { type Author, enterRoom, expectAccessible, tabTo } from '../support/room.ts';
import { openStack, type Stack } from '../support/stack.ts';

const soon = { timeout: 30_000 };

let browser: Browser;
let stack: Stack;
let photo: Buffer;
beforeAll(async () => {
  [browser, stack] = await Promise.all([launchBrowser(), openStack()]);
  photo = await sharp({ create: { width: 1200, height: 800, channels: 3, background: '#9a3d20' } })
    .jpeg()
    .toBuffer();
});
afterAll(async () => {
  await closeBrowser(browser);
  await stack[Symbol.asyncDispose]();
});

let room: Author;
let page: Page;
beforeEach(async () => {
  room = await enterRoom(browser, stack.server.url, stack.server.login.account, { reducedMotion: 'reduce' });
  page = room.page;
  await page.getByRole('link', { name: 'New article' }).click();
  await room.text.waitFor();
});
afterEach(async () => {
  const { complaints } = room;
  await room[Symbol.asyncDispose]();
  expect(complaints).toEqual([]);
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const shows = () => page.getByLabel('What it shows');
const text = () => room.text.innerText();
const dialog = () => page.getByRole('dialog');

interface Given {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const jpeg = (name: string): Given => ({ name, mimeType: 'image/jpeg', buffer: photo });

async function choose(file: Given): Promise<void> {
  await button('Picture …').click();
  await page.getByLabel('Choose a picture').setInputFiles(file);
}

/** What a browser hands to the page when somebody pastes or drops files. */
async function give(how: 'paste' | 'drop', ...files: Given[]): Promise<void> {
  const given = files.map(({ buffer, ...file }) => ({ ...file, base64: buffer.toString('base64') }));
  await room.text.evaluate(
    (element, { how, given }) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      const common = { bubbles: true, cancelable: true, composed: true };
      const { left, top } = element.getBoundingClientRect();
      element.dispatchEvent(
        how === 'paste'
          ? new ClipboardEvent('paste', { ...common, clipboardData: data })
          : new DragEvent('drop', { ...common, dataTransfer: data, clientX: left + 5, clientY: top + 5 }),
      );
    },
    { how, given },
  );
}

async function publish(title: string): Promise<HTMLElement> {
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Author').fill('Odile Brandt');
  await button('Publish …').click();
  await button('Publish now').click();
  await page.locator('.stand', { hasText: 'Published' }).waitFor();
  await stack.drain();
  return (await stack.page(`/${title.toLowerCase().replaceAll(' ', '-')}/`)).document;
}

test('an author chooses, pastes and drops pictures, says what they show, and readers get copies that fit', async () => {
  await choose(jpeg('porch.jpg'));
  await button('Put it in').click();
  await page.getByText('Say what it shows, for those who do not see it').waitFor();
  await expectAccessible(page);
  await shows().fill('The porch, [at] noon');
  await button('Put it in').click();
  await expect.poll(text, soon).toMatch(/!\[The porch, \\\[at\\\] noon\]\(\/media\/[^)]+\/1200x800\)/);

  await give('paste', jpeg('one.jpg'), jpeg('two.jpg'));
  await page.getByRole('heading', { name: 'A picture, and 1 more' }).waitFor();
  await shows().fill('A kettle');
  await button('Put it in').click();
  await page.getByRole('heading', { name: 'A picture', exact: true }).waitFor(soon);
  await page.getByLabel('It is decoration').check();
  await button('Put it in').click();
  await expect.poll(() => dialog().count(), soon).toBe(0);

  await give('drop', jpeg('three.jpg'));
  await shows().fill('A bench');
  await button('Put it in').click();
  await expect.poll(text, soon).toContain('![A bench](');

  const pictures = (await publish('Four pictures')).querySelectorAll('.body picture');
  const images = pictures.map((picture) => picture.querySelector('img'));
  expect(images.map((image) => image?.getAttribute('alt'))).toEqual([
    'The porch, [at] noon',
    'A kettle',
    '',
    'A bench',
  ]);
  for (const [at, picture] of pictures.entries()) {
    expect(images[at]?.attributes).toMatchObject({ width: '1200', height: '800' });
    for (const format of ['avif', 'webp']) {
      const source = picture.querySelector(`[type="image/${format}"]`) ?? picture.querySelector('img');
      for (const [path, width] of copiesIn(source?.getAttribute('srcset') ?? '')) {
        const file = await fetch(stack.server.url + path);
        expect([file.status, file.headers.get('content-type')]).toEqual([200, `image/${format}`]);
        expect((await sharp(Buffer.from(await file.arrayBuffer())).metadata()).width).toBe(width);
      }
    }
  }
  await page.goto(`${stack.server.url}/four-pictures/`);
  const first = page.getByRole('img', { name: 'The porch, [at] noon' });
  await first.scrollIntoViewIfNeeded();
  await expect.poll(() => first.evaluate((image: HTMLImageElement) => image.naturalWidth), soon).toBeGreaterThan(0);
  expect(await first.evaluate((image: HTMLImageElement) => image.currentSrc)).toMatch(/\.avif$/);
});

/** `/media/…/480.avif 480w, …` */
function copiesIn(srcset: string): [path: string, width: number][] {
  const copies = srcset.split(',').map((one) => one.trim().split(' '));
  expect(copies.length).toBeGreaterThan(1);
  return copies.map(([path = '', width = '']) => [path, Number.parseInt(width, 10)]);
}

test('a picture, by the keyboard alone', async () => {
  const { keyboard } = page;
  const file = join(stack.dataDir, 'porch.jpg');
  await writeFile(file, photo);
  // Long before it is asked: until the browser knows that somebody waits for it, it shows its own dialog.
  const asked = page.waitForEvent('filechooser');
  await tabTo(page, button('Picture …'));
  await keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Choose a picture'));
  await keyboard.press('Enter');
  await (await asked).setFiles(file);
  await expect.poll(() => shows().evaluate((field) => field.matches(':focus')), soon).toBe(true);
  await keyboard.type('The porch');
  await expectAccessible(page);
  await keyboard.press('Enter');

  await expect.poll(text, soon).toContain('![The porch](/media/');
  await expect.poll(() => dialog().count(), soon).toBe(0);
  await expect.poll(() => page.locator('.markdown').evaluate((host) => host.matches(':focus-within')), soon).toBe(true);
  await keyboard.press('ControlOrMeta+Home');
  await keyboard.type('Look: ');
  await expect.poll(text, soon).toMatch(/^Look: !\[The porch\]/);
});

describe('a picture that is refused: the words stay, and say why', () => {
  const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

  test.each([
    [
      'an SVG',
      { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: SVG },
      'It must be a JPEG, PNG, WebP, AVIF or GIF.',
    ],
    [
      'an SVG that says it is a PNG',
      { name: 'drawing.png', mimeType: 'image/png', buffer: SVG },
      'It is no picture of a kind that is taken',
    ],
    ['nothing', { name: 'empty.png', mimeType: 'image/png', buffer: Buffer.alloc(0) }, 'It is empty.'],
  ])('%s', async (_, file, why) => {
    await choose(file);
    await shows().fill('A drawing');

    await button('Put it in').click();

    await dialog().getByRole('alert').getByText(why).waitFor(soon);
    expect(await shows().inputValue()).toBe('A drawing');
    await expectAccessible(page);
    expect(await text()).not.toContain('media');
  });

  test('a JPEG that says it is a PNG', async () => {
    await choose({ ...jpeg('porch.png'), mimeType: 'image/png' });
    await shows().fill('The porch');

    await button('Put it in').click();

    await dialog().getByText('It says it is image/png, and it is not.').waitFor(soon);
    expect(await shows().inputValue()).toBe('The porch');
  });

  test('without a connection, and sent again once there is one', async () => {
    await choose(jpeg('porch.jpg'));
    await shows().fill('The porch');
    await page.context().setOffline(true);

    await button('Put it in').click();

    await dialog().getByText('Stoa cannot be reached. Check the connection').waitFor(soon);
    expect(await shows().inputValue()).toBe('The porch');
    await page.context().setOffline(false);
    await button('Put it in').click();
    await expect.poll(text, soon).toContain('![The porch](');
  });
});
