/** Stands for an expression between two parts. */
const HOLE = '\uE000';

const token =
  /(?:\s|<!--[^\uE000]*?-->)+|<(pre|textarea|script|style)\b(?![^>]*><\/textarea)[\s\S]*?<\/\1\s*>|<(\/?[^\s/>!]+)((?:"[^"]*"|'[^']*'|[^"'>])*)>/gi;

const attribute = /([^\s=/>"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?|\//g;

/** A tag beside which white space shows nothing, however our elements are styled. */
const block = /^(?:div|ol|ul|li|section|header|details|summary|path)$/i;

/** A quoted value that needs no quotes. */
const plainValue = /^["']([\w.:#%-]+|\uE000)["']$/;

/**
 * Shortens the static parts of an `html` or `svg` template, as they stand in the source: a run of white space in text
 * to one space, beside a block to none, in tags to the least that is needed; no comments, no needless quotes. Lit and
 * the HTML parser read the same from it, but for text nodes that nobody sees. `pre`, `script`, `style` and a `textarea` with text stay as they are.
 */
export function minifyHtml(parts: readonly string[]): string[] {
  if (parts.some((part) => part.includes(HOLE))) return [...parts];
  const markup = parts.join(HOLE);
  const isBlock = (tag = '') => block.test(tag.replace('/', ''));
  let blockEnd = -1;
  return markup
    .replace(token, (match, verbatim?: string, name?: string, attributes?: string, start = 0) => {
      const end = start + match.length;
      if (verbatim) return match;
      if (name) {
        if (isBlock(name)) blockEnd = end;
        return `<${name}${minifyAttributes(attributes ?? '')}>`;
      }
      if (start === blockEnd || isBlock(markup.slice(end).match(/^<(\/?[\w-]+)/)?.[1])) return '';
      return match.replaceAll(/<!--[\s\S]*?-->/g, '') && ' ';
    })
    .split(HOLE);
}

function minifyAttributes(attributes: string): string {
  let shortened = '';
  for (const [slash, name, value] of attributes.matchAll(attribute)) {
    // After a value without quotes a slash would be a part of it.
    if (!name) shortened += /=[^"']*$/.test(shortened) ? ` ${slash}` : slash;
    else shortened += value === undefined ? ` ${name}` : ` ${name}=${value.replace(plainValue, '$1')}`;
  }
  return shortened;
}
