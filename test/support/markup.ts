import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { ALLOWED_TAGS } from '../../functions/domain/allowed-tags.ts';

export type ReadElement = {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly inside: readonly string[];
};

/** The elements of a fragment as HTML5 reads it, in order, with the tags they are in. */
export function elementsOf(html: string): readonly ReadElement[] {
  const found: ReadElement[] = [];
  visit(parseFragment(html).childNodes, [], (node, inside) => {
    if (!('attrs' in node)) return;
    const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
    found.push({ tag: node.tagName, attributes, inside });
  });
  return found;
}

/** A fragment's text; a paragraph's end and a br are newlines. */
export function textOf(html: string): string {
  let text = '';
  visit(parseFragment(html).childNodes, [], (node) => {
    if ('value' in node) text += node.value;
    else if (node.nodeName === 'br' || (node.nodeName === 'p' && text !== '')) text += '\n';
  });
  return text;
}

/** Whatever a displayed comment may not hold. Stoa adds p, br and rel. */
export function violations(html: string): readonly string[] {
  const allowed: Readonly<Record<string, readonly string[]>> = {
    ...ALLOWED_TAGS,
    a: ['href', 'title', 'rel'],
    p: [],
    br: [],
  };
  return elementsOf(html).flatMap(({ tag, attributes, inside }) => {
    const names = Object.keys(attributes);
    const wrong = names.filter((name) => !allowed[tag]?.includes(name)).map((name) => `${tag}[${name}]`);
    if (!allowed[tag]) wrong.push(tag);
    if (tag === 'a' && (attributes.rel !== 'nofollow ugc noopener' || inside.includes('a'))) wrong.push('a');
    if (tag === 'a' && !/^(?:https?:\/\/[^/?#@]+(?:[/?#]|$)|mailto:)/.test(attributes.href ?? ''))
      wrong.push(`a to ${attributes.href}`);
    if (attributes.cite && !/^https?:\/\//.test(attributes.cite)) wrong.push(`${tag} citing ${attributes.cite}`);
    if (inside.length >= 32) wrong.push('too deep');
    if ((tag === 'p' || tag === 'blockquote') && inside.some((outer) => outer !== 'blockquote'))
      wrong.push(`${tag} in ${inside}`);
    return wrong;
  });
}

function visit(
  nodes: readonly DefaultTreeAdapterTypes.ChildNode[],
  inside: readonly string[],
  see: (node: DefaultTreeAdapterTypes.ChildNode, inside: readonly string[]) => void,
): void {
  for (const node of nodes) {
    see(node, inside);
    if ('childNodes' in node) visit(node.childNodes, [...inside, node.nodeName], see);
  }
}
