import { get } from 'node:http';
import { expect, test } from 'vitest';
import { buildWeb } from '../../web/build.ts';
import { openBlog } from '../bench/blog.ts';
import { BUDGETS } from '../bench/document-bytes.ts';

/** Every byte the server sends for a page, its headers among them. */
function bytesOnTheWire(url: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const headers = { 'accept-encoding': 'br', connection: 'close' };
  get(url, { agent: false, headers }, (response) => {
    const { socket } = response;
    response.resume().on('end', () => resolve(socket.bytesRead));
  }).on('error', reject);
  return promise;
}

test('an article of 3,000 characters fits its budget with no comment, and with 50', async () => {
  await buildWeb();
  await using blog = await openBlog();

  for (const { comments, limit } of BUDGETS.filter((budget) => budget.comments <= 50)) {
    await blog.conversation.growTo(comments);
    await blog.published();

    expect(await bytesOnTheWire(blog.url), `${comments} comments`).toBeLessThanOrEqual(limit);
  }
});
