/**
 * Takes out of Lit's templates what cannot run in this script: hooks for polyfills and hydration, what only directives
 * use, bindings in places where no template has one, MathML. It also keeps the script's own copy of Lit out of the
 * list that a page's Lit warns about. What stands for the rest of Lit is in lit.js.
 *
 * The build stops where a source needs what was taken out (`assertUntrimmed`, and here for directives), or where
 * Lit has changed. Then drop the replacement that is in the way; nothing else depends on it.
 */
import type { Plugin } from 'vite';

/** What is replaced, by file of Lit. */
const replacements: Record<string, [find: RegExp, replacement: string][]> = {
  'lit-html/lit-html.js': [
    [
      /,\w=\w\.litHtmlPolyfillSupport;\w\?\.\(\w,\w\),\(\w\.litHtmlVersions\?\?=\[\]\)\.push\("[\d.]+"\);/,
      ';',
    ],
    [/:3===\w\?"<math>":""/, ':""'],
    [/:3===\w\?"<\/math>":""/, ':""'],
    [/\|\|3===\w\)\{/, '){'],
    // Directives, and what parts tell them.
    [/(function \w\(t,i),s=t,e\)\{if\(.*?\),i\}(?=class)/, '$1){return i}'],
    [/get parentNode\(\)\{return this\._\$AM\.parentNode\}get _\$AU\(\)\{return this\._\$AM\._\$AU\}/, ''],
    [/get _\$AU\(\)\{return this\._\$AM\?\._\$AU\?\?this\._\$Cv\}/, ''],
    [/,this\._\$Cv=e\?\.isConnected\?\?!0/, ''],
    [/get parentNode\(\)\{let t=.*?\}get startNode\(\)\{.*?\}get endNode\(\)\{.*?\}/, ''],
    [/this\._\$AP\?\.\(!1,!0,s\);/, ';'],
    [/setConnected\(t\)\{.*?\}(?=\})/, ''],
    [/get tagName\(\)\{return this\.element\.tagName\}get _\$AU\(\)\{return this\._\$AM\._\$AU\}/, ''],
    [/\(t\?\.creationScope\?\?(\w)\)/, '$1'],
    // Bindings to a whole element, in comments and in elements whose content is raw text.
    [/:6===r\.type&&\(\w=new \w\(h,this,t\)\)/, ':0'],
    [/else \w\.startsWith\(\w\)&&\(\w\.push\(\{type:6,index:\w\}\),\w\.removeAttribute\(\w\)\);/, ';'],
    [/class \w\{constructor\(t,i,s\)\{this\.element=t,this\.type=6.*?\}get _\$AU.*?\}_\$AI.*?\}\}/, ''],
    [/,F:\w\}/, '}'],
    [/if\(\w\.test\(r\.tagName\)\)\{.*?\}\}(?=\}else if\(8===)/, ''],
    [/\(\w\.test\(u\[2\]\)&&\(n=RegExp\("<\/"\+u\[2\],"g"\)\),(c=\w)\)/, '($1)'],
    [/else\{let t=-1;for\(;-1!==\(t=r\.data\.indexOf\(.*?\}(?=\w\+\+)/, ';'],
    // Templates that were compiled.
    [/"number"==typeof s\?(this\._\$AC\(t\)):\(.*?,s\)(?=;if)/, '$1'],
  ],
};

/** Of Lit, by name below `node_modules`. */
export const trimmedFiles = Object.keys(replacements);

export function trimLit(): Plugin {
  return {
    name: 'trim-lit',
    transform: {
      filter: { id: /node_modules\/lit-html\// },
      handler: (code, id) => {
        if (/\/lit-html\/(?:async-)?directive\.js$/.test(id))
          throw new Error('trim-lit: Lit is left without directives');
        const file = trimmedFiles.find((name) => id.endsWith(`/node_modules/${name}`));
        return file ? { code: trim(code, file), map: null } : null;
      },
    },
  };
}

/**
 * @param file Path of the module below `node_modules`.
 * @throws {Error} Lit has changed, and something is no longer found exactly once.
 */
export function trim(code: string, file: string): string {
  return (replacements[file] ?? []).reduce((text, [find, replacement]) => {
    const found = text.match(new RegExp(find, 'g'))?.length ?? 0;
    if (found !== 1) throw new Error(`${file}: expected ${find} once, found it ${found} times`);
    return text.replace(find, replacement);
  }, code);
}

/**
 * @param parts The static parts of an `html` or `svg` template.
 * @throws {Error} It has an expression where the trimmed Lit does not look for one.
 */
export function assertUntrimmed(parts: readonly string[], id: string): void {
  const text = parts.join('\uE000');
  const wrong =
    text.match(/<!--(?:(?!-->)[^\uE000])*\uE000/) ??
    text.match(/<(script|style|textarea|title)\b[^>]*>(?:(?!<\/\1)[^\uE000])*\uE000/i) ??
    text.match(
      /<[^\s<>]+(?:\s+[^\s=<>\uE000"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*\s+\uE000(?!\s*=)/,
    );
  if (wrong)
    throw new Error(
      `${id}: trim-lit: Lit is left without expressions as in ${wrong[0].replaceAll('\uE000', '${…}')}`,
    );
}
