import type { IOptions } from 'sanitize-html';

/** What an article may hold, for sanitize-html: what an author's page shows and nothing that runs, styles or embeds. */
export const ARTICLE: IOptions = {
  allowedTags: [
    ...['h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'blockquote', 'pre', 'figure', 'figcaption', 'img'],
    ...['picture', 'source'],
    ...['ul', 'ol', 'li', 'dl', 'dt', 'dd'],
    ...['table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
    ...['a', 'abbr', 'acronym', 'b', 'cite', 'code', 'del', 'dfn', 'em', 'i', 'ins', 'kbd', 'mark', 'q', 's', 'samp'],
    ...['small', 'strike', 'strong', 'sub', 'sup', 'time', 'u', 'var', 'wbr', 'ruby', 'rt', 'rp'],
  ],
  allowedAttributes: {
    a: ['href', 'title'],
    abbr: ['title'],
    acronym: ['title'],
    blockquote: ['cite'],
    del: ['datetime', 'cite'],
    img: ['src', 'srcset', 'sizes', 'alt', 'width', 'height', 'title', 'loading'],
    ins: ['datetime', 'cite'],
    ol: ['start', 'reversed'],
    q: ['cite'],
    source: ['type', 'srcset', 'sizes'],
    td: ['align', 'colspan', 'rowspan'],
    th: ['align', 'colspan', 'rowspan', 'scope'],
    time: ['datetime'],
  },
  allowedClasses: { code: [/^language-[\w+#.-]+$/] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: Object.fromEntries(
    ['img', 'blockquote', 'q', 'del', 'ins'].map((tag) => [tag, ['http', 'https']]),
  ),
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nestingLimit: 100,
  exclusiveFilter: ({ tag, attribs }) => (tag === 'img' && !attribs.src) || (tag === 'source' && !attribs.srcset),
  /** The page has the only h1. */
  transformTags: { h1: 'h2', img: withOwnCopies, source: withOwnCopies },
};

/** The copies to choose from lie on this site, or there are none. */
function withOwnCopies(tagName: string, { srcset = '', sizes, ...attribs }: Record<string, string>) {
  return { tagName, attribs: OWN_COPIES.test(srcset) ? { ...attribs, srcset, ...(sizes && { sizes }) } : attribs };
}

const OWN_COPIES = /^\/media\/[0-9a-f]{32}\/\d+\.\w+ \d+w(?:, \/media\/[0-9a-f]{32}\/\d+\.\w+ \d+w)*$/;
