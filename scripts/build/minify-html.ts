/** Stands for an expression between two parts. */
const HOLE = '\uE000';

const token =
  /(?:\s|<!--[^\uE000]*?-->)+|<(pre|textarea|script|style)\b(?![^>]*><\/textarea)[\s\S]*?<\/\1\s*>|<(\/?[^\s/>!]+)((?:"[^"]*"|'[^']*'|[^"'>])*)>/gi;

const attribute = /([^\s=/>"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?|\//g;

/** A quoted value that needs no quotes. */
const plainValue = /^["']([\w.:#%-]+|\uE000)["']$/;

/**
 * Shortens the static parts of an `html` or `svg` template, as they stand in the source: a run of white space in text
 * to one space, in tags to the least that is needed; no comments, no needless quotes. Lit and the HTML parser read
 * the same from it. `pre`, `script`, `style` and a `textarea` with text stay as they are.
 */
export function minifyHtml(parts: readonly string[]): string[] {
  if (parts.some((part) => part.includes(HOLE))) return [...parts];
  return parts
    .join(HOLE)
    .replace(token, (match, verbatim?: string, name?: string, attributes?: string) => {
      if (verbatim) return match;
      if (name) return `<${name}${minifyAttributes(attributes ?? '')}>`;
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
