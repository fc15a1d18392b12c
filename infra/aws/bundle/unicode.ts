/**
 * In place of `uc.micro` in the bundles: symbols are a table of kilobytes there, and one that Node has. linkify-it puts the others together as
 * text for expressions without the `u` flag, so they stay.
 */
// @ts-expect-error: its types are beside another file
export { Any, Cc, Cf, P, Z } from '../../../node_modules/uc.micro/build/index.mjs';

export const S = /\p{S}/u;
