/**
 * In place of packages that the bundles never call: sanitize-html reads style attributes with postcss, and none is
 * allowed; its launder reads dates with dayjs, and only URLs are laundered. The SDK imports event streams when an operation
 * has one, and none of the table's has.
 */
export {};
