declare const safe: unique symbol;

/** HTML that went through the allow-list. Made in this module and nowhere else. */
export type SafeHtml = string & { readonly [safe]: true };
