/** In place of `htmlparser2` in the bundles: of all that it exports, sanitize-html asks for the parser, and as CommonJS would take everything. */
export { Parser } from '../../../node_modules/htmlparser2/dist/Parser.js';
