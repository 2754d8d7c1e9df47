import { safeLink } from '../base/safe-link.ts';

/** Up to white space, a quote or a bracket that nothing in an address needs; bounded, so that its end is found soon. */
const address = /\b(?:https?:\/\/|mailto:)[^\s<>"'`{}|\\^]{1,2000}/gi;

/** A piece of a text, with its address where it is one. */
export type Piece = [text: string, href?: string];

/**
 * Splits a text at its `http:`, `https:` and `mailto:` addresses. Punctuation that ends a sentence is not theirs, nor is
 * a closing bracket that they do not open.
 */
export function findLinks(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    let link = found;
    while (/[.,:;!?*_~\])]$/.test(link) && !(link.endsWith(')') && isBalanced(link)))
      link = link.slice(0, -1);
    const href = safeLink(link, link, /^(https?|mailto):/);
    if (!href) continue;
    pieces.push([text.slice(end, index)], [link, href]);
    end = index + link.length;
  }
  return [...pieces, [text.slice(end)]];
}

function isBalanced(text: string): boolean {
  return text.split('(').length >= text.split(')').length;
}
