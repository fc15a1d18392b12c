/**
 * In place of `entities/decode` in the bundles, so that they hold one table of HTML's entities: htmlparser2 asks for version 8 and
 * parse5 for 9, each with a table of its own. This is version 8's decoder, for parse5 in the shape that it has in 9.
 */
import { EntityDecoder, htmlDecodeTree } from '../../../node_modules/entities/dist/decode.js';

export * from '../../../node_modules/entities/dist/decode.js';

type Given = ConstructorParameters<typeof EntityDecoder>;

export class HtmlEntityDecoder extends EntityDecoder {
  constructor(emitCodePoint: Given[1], errors?: Given[2]) {
    super(htmlDecodeTree, emitCodePoint, errors);
  }
}
