import type { InferOutput } from 'valibot';
import { RuleError } from './domain/errors.ts';
import { randomId } from './domain/identity.ts';
import { IMAGE_RATE, mediaPath } from './domain/image.ts';
import { readEnv } from './env.ts';
import { type Call, param, type Reply } from './http/call.ts';
import { reading, routes, writing } from './http/endpoint.ts';
import { accountOf, requireGroup } from './http/group.ts';
import { json } from './http/reply.ts';
import { announceImage, findImage, type ImageItem } from './table/images.ts';
import { chargeAccount } from './table/quotas.ts';
import { openTable } from './table/table.ts';
import { uploadFields } from './uploads/form.ts';
import { upload } from './uploads/upload.ts';

const FORM_MINUTES = 10;

/** How an author's picture comes in: a form for the uploads' bucket, and what became of it. */
export const handler = routes({
  'POST /api/admin/images': writing(upload, announce),
  'GET /api/admin/images/{id}': reading(show),
});

/** Throws RuleError 'image.many'. */
async function announce(call: Call<InferOutput<typeof upload>>): Promise<Reply> {
  requireGroup(call, 'author');
  const { table: name, uploadsUrl, uploadsKey } = readEnv();
  const table = openTable(name);
  const { type, bytes, alt } = call.input;
  const now = new Date();
  const image: ImageItem = {
    id: randomId(),
    state: 'waiting',
    type,
    alt,
    account: accountOf(call),
    at: now.toISOString(),
  };
  const seconds = await chargeAccount(table, 'images', image.account, IMAGE_RATE, now);
  if (seconds !== null) throw new RuleError('image.many', { limit: IMAGE_RATE.burst, seconds });
  await announceImage(table, image);
  const fields = uploadFields(
    { key: image.id, type, bytes, expires: new Date(now.getTime() + FORM_MINUTES * 60_000) },
    { ...uploadsKey, region: process.env.AWS_REGION ?? 'us-east-1', now },
  );
  return json(201, { id: image.id, url: uploadsUrl, fields });
}

/** Throws RuleError 'image.not-found'. */
async function show(call: Call): Promise<Reply> {
  requireGroup(call, 'author');
  const image = await findImage(openTable(readEnv().table), param(call, 'id'));
  if (!image) throw new RuleError('image.not-found');
  const { id, state, alt, reason = null, width = null, height = null } = image;
  const markdown = width && height ? `![${alt.replace(/[[\]\\]/g, '\\$&')}](${mediaPath(id, width, height)})` : null;
  return json(200, { id, state, reason, width, height, alt, markdown });
}
