import type { SafeHtml } from '../../functions/domain/sanitize.ts';
import { waitKey } from '../../functions/table/keys.ts';
import type { Table } from '../../functions/table/table.ts';

/** What a policy of before let through, of which today's leaves `AGED_TEXT`. */
export const AGED =
  '<p>An <u>old</u> word<br>&amp; a <a href="https://x.example/" onclick="x()">link</a></p>' as SafeHtml;
export const AGED_TEXT = '<p>An old word<br>&amp; a link</p>';

/** As if a comment had been sanitized before the policy changed. */
export async function age(table: Table, id: string, { policy = 'of before', key = waitKey(id) } = {}): Promise<void> {
  const aged = await table.update(key, {
    set: 'html = :html, #policy = :policy',
    condition: 'attribute_exists(pk)',
    names: { '#policy': 'policy' },
    values: { ':html': AGED, ':policy': policy },
  });
  if (!aged) throw new Error(`there is nothing at ${key.pk} ${key.sk}`);
}
