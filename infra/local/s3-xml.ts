import type { Bucket } from './bucket.ts';
import type { S3Error } from './s3-error.ts';

export const S3_XML = { 'content-type': 'application/xml' };

export const xmlError = ({ code, message }: S3Error): string =>
  `${DECLARATION}<Error><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;

/** ListObjectsV2: `prefix`, `max-keys`, `start-after` and `continuation-token`, which is the last key that was given. */
export const listing = (objects: Awaited<ReturnType<Bucket['list']>>, query: URLSearchParams): string => {
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  const most = Math.min(Number(query.get('max-keys') ?? 1000) || 0, 1000);
  const left = objects.filter(({ key }) => Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0);
  const page = left.slice(0, most);
  const truncated = most > 0 && left.length > page.length;
  const contents = page.map(
    ({ key, etag, size, lastModified }) =>
      `<Contents><Key>${escaped(key)}</Key><LastModified>${lastModified.toISOString()}</LastModified>` +
      `<ETag>${escaped(etag)}</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  );
  const next = truncated ? `<NextContinuationToken>${escaped(page.at(-1)?.key ?? '')}</NextContinuationToken>` : '';
  return (
    `${DECLARATION}<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>local</Name>` +
    `<Prefix>${escaped(query.get('prefix') ?? '')}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${most}</MaxKeys>` +
    `<IsTruncated>${truncated}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`
  );
};

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
