export type CommentLimits = { readonly source: number; readonly html: number; readonly depth: number };

/** Bytes of UTF-8, and levels of elements. */
export const COMMENT_LIMITS: CommentLimits = { source: 8192, html: 65_536, depth: 30 };
