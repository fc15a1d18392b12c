import type { Site } from '../../functions/domain/settings.ts';
import type { FeedEntry, FeedView } from './views.ts';

/** Feeds of articles and of conversations: Atom (RFC 4287) and JSON Feed 1.1 say the same. */

export function renderAtom(view: FeedView): string {
  const { site, stamp, title, path, self, updated, entries } = view;
  const address = addressOf(site);
  return [
    '<?xml version="1.0" encoding="utf-8"?>\n',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${text(site.language)}" xml:base="${text(`${address}/`)}">`,
    stamp && `<!-- ${stamp} -->`,
    `<id>${text(tag(site, path))}</id><title>${text(title)}</title><updated>${updated}</updated>`,
    `<link rel="alternate" type="text/html" href="${text(address + path)}"/>`,
    `<link rel="self" type="application/atom+xml" href="${text(`${address}${self}.xml`)}"/>`,
    `<author><name>${text(site.owner)}</name></author>`,
    ...entries.map((entry) => atomEntry(site, entry)),
    '</feed>\n',
  ].join('');
}

function atomEntry(site: Site, { id, url, title, author, html, published, updated }: FeedEntry): string {
  const address = addressOf(site);
  return [
    `<entry><id>${text(tag(site, id))}</id><title>${text(title)}</title>`,
    `<link rel="alternate" type="text/html" href="${text(address + url)}"/>`,
    `<published>${published}</published><updated>${updated}</updated>`,
    `<author><name>${text(author.name)}</name>${author.url ? `<uri>${text(author.url)}</uri>` : ''}</author>`,
    `<content type="html">${text(absolute(site, html))}</content></entry>`,
  ].join('');
}

export function renderJsonFeed({ site, stamp, title, path, self, entries }: FeedView): string {
  const address = addressOf(site);
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    ...(stamp && { _stoa: { state: stamp } }),
    title,
    language: site.language,
    home_page_url: address + path,
    feed_url: `${address}${self}.json`,
    authors: [{ name: site.owner }],
    items: entries.map(({ id, url, title, author, html, published, updated }) => ({
      id: tag(site, id),
      url: address + url,
      title,
      authors: [{ name: author.name, ...(author.url && { url: author.url }) }],
      content_html: absolute(site, html),
      date_published: published,
      date_modified: updated,
    })),
  });
}

/** Not application/atom+xml and application/feed+json: those CloudFront does not compress. */
export const ATOM = 'application/xml';
export const JSON_FEED = 'application/json';

/** Empty where the site has no address yet: links are then relative to the feed. */
const addressOf = ({ address }: Site) => address ?? '';

/** RFC 4151: stays the same when an article moves or the site gets another address but this. */
const tag = ({ address }: Site, id: string) => `tag:${address ? new URL(address).hostname : 'localhost'},2026:${id}`;

/** A picture of the site's own, wherever it is read. */
const absolute = (site: Site, html: string) => html.replace(/(?<=[" ])\/media\//g, `${addressOf(site)}/media/`);

/** For element and attribute alike. */
const text = (value: string) =>
  value.replace(/[<>&"]/g, (character) => `&${{ '<': 'lt', '>': 'gt', '&': 'amp', '"': 'quot' }[character]};`);
