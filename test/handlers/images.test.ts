import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyOf, JSON_TYPE, openStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let token: string;
beforeAll(async () => {
  stack = await openStack();
  token = await stack.authorToken();
});
afterAll(() => stack[Symbol.asyncDispose]());

const call = async (method: string, path: string, body?: unknown, bearer = token) => {
  const answer = await stack.send(`/api/admin${path}`, {
    method,
    headers: { ...JSON_TYPE, authorization: `Bearer ${bearer}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const isJson = answer.headers['content-type']?.includes('json');
  return { http: answer.status, ...(isJson ? bodyOf(answer) : {}) };
};

interface Form {
  id: string;
  url: string;
  fields: Record<string, string>;
}

/** As a browser sends it. */
function post({ url, fields }: Form, file: Buffer): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([new Uint8Array(file)]));
  return fetch(url, { method: 'POST', body: form });
}

/** Announced, sent and worked on. */
async function sent(file: Buffer, type: string, alt = '') {
  const form = await call('POST', '/images', { type, bytes: file.length, alt });
  const answer = await post(form, file);
  await stack.drain();
  return { status: answer.status, ...(await call('GET', `/images/${form.id}`)) };
}

const noise = (width: number, height: number) => {
  const bytes = Buffer.alloc(width * height * 3);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 7919 + (i >> 5)) % 251;
  return sharp(bytes, { raw: { width, height, channels: 3 } });
};

const media = async (path: string) => (await stack.server.platform.bucket.get(path.slice(1))) ?? null;

describe('a picture that an author sends', () => {
  test('comes back upright, in a few widths and two formats, without a word of what was in it', async () => {
    const exif = { IFD0: { Copyright: 'CANARY', Artist: 'CANARY' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } };
    const file = await noise(1200, 2400).jpeg().withExif(exif).withMetadata({ orientation: 6, exif }).toBuffer();
    expect(file.includes('CANARY')).toBe(true);

    const image = await sent(file, 'image/jpeg', 'Chairs [nine] in a row');

    const root = `/media/${image.id}`;
    expect(image).toMatchObject({ http: 200, status: 204, state: 'ready', reason: null, width: 1920, height: 960 });
    expect(image.markdown).toBe(`![Chairs \\[nine\\] in a row](${root}/1920x960)`);
    for (const width of [480, 960, 1440, 1920]) {
      for (const format of ['avif', 'webp']) {
        const copy = await media(`${root}/${width}.${format}`);
        const read = await sharp(copy?.body).metadata();
        expect([copy?.contentType, copy?.cacheControl]).toEqual([
          `image/${format}`,
          'public, max-age=31536000, immutable',
        ]);
        expect([read.width, read.height, read.format]).toEqual([width, width / 2, format === 'avif' ? 'heif' : 'webp']);
        expect([read.exif, read.icc, read.xmp, read.orientation]).toEqual([undefined, undefined, undefined, undefined]);
        expect(copy?.body.includes('CANARY')).toBe(false);
      }
    }
    expect(await stack.server.platform.bucket.list(`media/${image.id}/`)).toHaveLength(8);
  });

  test.each([
    ['image/png', (s: Sharp) => s.png()],
    ['image/webp', (s: Sharp) => s.webp()],
    ['image/avif', (s: Sharp) => s.avif()],
    ['image/gif', (s: Sharp) => s.gif()],
  ])('may be %s, and no larger than it was', async (type, as) => {
    const image = await sent(await as(noise(300, 200)).toBuffer(), type);

    expect(image).toMatchObject({ state: 'ready', width: 300, height: 200 });
    expect((await sharp((await media(`/media/${image.id}/300.webp`))?.body).metadata()).width).toBe(300);
  });

  test('is in the article with its size, the first at once and the others once they are near', async () => {
    const image = await sent(await noise(900, 600).png().toBuffer(), 'image/png', 'A "chair" & <more>');
    const source = `${image.markdown}\n\n${image.markdown}\n\n![elsewhere](https://elsewhere.example/x.png)`;
    const { id } = await call('POST', '/posts', { title: 'Pictured', slug: 'pictured', author: 'Ada', source });
    await call('PUT', `/posts/${id}/publication`, {});
    await stack.drain();

    const { document } = await stack.page('/pictured/');
    const [first, second] = document.querySelectorAll('.e-content picture img');
    const avif = document.querySelector('.e-content picture source');
    const shown = await stack.send(`/media/${image.id}/480.avif`);
    expect(first?.attributes).toMatchObject({ width: '900', height: '600', src: `/media/${image.id}/900.webp` });
    expect(first?.getAttribute('alt')).toBe('A "chair" & <more>');
    expect([first?.getAttribute('loading'), second?.getAttribute('loading')]).toEqual([undefined, 'lazy']);
    expect(avif?.getAttribute('srcset')).toBe(`/media/${image.id}/480.avif 480w, /media/${image.id}/900.avif 900w`);
    expect([shown.status, shown.headers['content-type']]).toEqual([200, 'image/avif']);
    expect(shown.headers['content-security-policy']).toContain("default-src 'none'");
    for (const [, path = ''] of document.toString().matchAll(/(\/media\/[^ "]+)/g))
      expect(await media(path)).not.toBeNull();
  });

  test('does not stay where it was sent to', async () => {
    await sent(await noise(20, 20).png().toBuffer(), 'image/png');

    const { uploadsUrl = '', secrets } = stack.server.platform.connection;
    const listed = await fetch(`${uploadsUrl}/?list-type=2`, {
      headers: { authorization: `AWS4-HMAC-SHA256 Credential=${secrets.accessKey}/` },
    });
    expect(await listed.text()).toContain('<KeyCount>0</KeyCount>');
  });
});

describe('what is no picture is refused, and nothing of it is served:', () => {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>',
  );
  const png = () => noise(40, 30).png().toBuffer();

  test.each([
    ['an SVG that says it is a PNG', 'image/png', async () => svg],
    ['a PNG that says it is a JPEG', 'image/jpeg', png],
    ['a page', 'image/gif', async () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a PDF', 'image/jpeg', async () => Buffer.from('%PDF-1.7\n%\xe2\xe3\n1 0 obj<<>>endobj', 'latin1')],
    ['a TIFF', 'image/webp', () => noise(40, 30).tiff().toBuffer()],
    ['half a picture', 'image/png', () => half(noise(400, 300).png())],
    ['60 megapixels in a small file', 'image/png', () => blank(10_000, 6_000)],
  ])('%s', async (_, type, file) => {
    const image = await sent(await file(), type);

    expect(image).toMatchObject({
      status: 204,
      state: 'refused',
      markdown: null,
      reason: expect.stringMatching(/^It /),
    });
    expect(await stack.server.platform.bucket.list(`media/${image.id}/`)).toEqual([]);
  });

  const half = async (picture: Sharp) => {
    const whole = await picture.toBuffer();
    return whole.subarray(0, whole.length / 2);
  };
  const blank = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: 'white' }, limitInputPixels: false })
      .png()
      .toBuffer();

  test.each([
    ['type', { type: 'image/svg+xml', bytes: 10 }],
    ['type', { bytes: 10 }],
    ['bytes', { type: 'image/png', bytes: 15_000_001 }],
    ['bytes', { type: 'image/png', bytes: 0 }],
    ['alt', { type: 'image/png', bytes: 1, alt: 'a'.repeat(401) }],
  ])('%s, before it is sent', async (field, body) => {
    const answer = await call('POST', '/images', body);

    expect([answer.http, Object.keys(answer.fields)]).toEqual([422, [field]]);
  });
});

describe('the form', () => {
  const file = Buffer.from('x'.repeat(100));
  const announced = (over: object = {}): Promise<Form> =>
    call('POST', '/images', { type: 'image/png', bytes: 100, ...over }) as never;

  test('takes one file of what was announced, and from any page', async () => {
    const answer = await post(await announced(), file);

    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  });

  test.each([
    ['a larger file', 400, 'EntityTooLarge', (form: Form) => form, Buffer.alloc(101)],
    ['an empty file', 400, 'EntityTooSmall', (form: Form) => form, Buffer.alloc(0)],
    ['another type', 403, 'AccessDenied', set('content-type', 'text/html'), file],
    ['another key', 403, 'AccessDenied', set('key', 'index.html'), file],
    ['a field more', 403, 'AccessDenied', set('acl', 'public-read'), file],
    ['another policy', 403, 'SignatureDoesNotMatch', set('policy', btoa('{"conditions":[]}')), file],
    ['no signature', 403, 'SignatureDoesNotMatch', set('x-amz-signature', ''), file],
  ] as const)('does not take %s', async (_, status, code, change, sent) => {
    const answer = await post(change(await announced()), Buffer.from(sent));

    expect([answer.status, /<Code>(\w+)/.exec(await answer.text())?.[1]]).toEqual([status, code]);
  });

  test('says nothing that opens anything else', async () => {
    const { fields } = await announced();

    expect(JSON.stringify(fields)).not.toContain(stack.server.platform.connection.secrets.accessKey);
  });

  test('is for authors', async () => {
    const moderator = await stack.tokenOf({ groups: ['moderator'] });
    const { id } = await announced();

    expect((await call('POST', '/images', { type: 'image/png', bytes: 1 }, moderator)).http).toBe(404);
    expect((await call('GET', `/images/${id}`, undefined, moderator)).http).toBe(404);
    expect(await call('GET', '/images/nothing')).toMatchObject({ http: 404, code: 'image.not-found' });
  });

  test('is not given away without end: sixty at once, then one a minute', async () => {
    const busy = await stack.tokenOf({ groups: ['author'] });
    const asked = await Promise.all(
      Array.from({ length: 70 }, () => call('POST', '/images', { type: 'image/png', bytes: 1 }, busy)),
    );

    const refused = asked.filter(({ http }) => http === 429);
    expect(asked.filter(({ http }) => http === 201)).toHaveLength(60);
    expect(refused).toHaveLength(10);
    expect(refused[0]).toMatchObject({ code: 'image.many' });
  });

  function set(name: string, value: string) {
    return (form: Form): Form => ({ ...form, fields: { ...form.fields, [name]: value } });
  }
});
