/**
 * Takes out of Lit what cannot run in this script: fallbacks for browsers without adopted stylesheets (all that know
 * `light-dark()` have them), hooks for polyfills and hydration, standard decorators' metadata, MathML. It also keeps
 * the script's own copy of Lit out of the list that a page's Lit warns about.
 */
import type { Plugin } from 'vite';

/** What is replaced, by file of Lit. */
type Replacements = Record<string, [find: string | RegExp, replacement: string][]>;

const replacements: Replacements = {
  '@lit/reactive-element/css-tag.js': [
    [/\w\.ShadowRoot&&\(.*?in CSSStyleSheet\.prototype/, '!0'],
    [/if\(this\._\$cssResult\$=!0,\w!==\w\)throw Error\(".*?"\);/, ''],
    // A stylesheet with an expression in it does not get as far as this: see template-literals.ts.
    [
      /=\((\w),\.\.\.\w\)=>\{const (\w)=1===\1\.length\?\1\[0\]:.*?;return new (\w)\(\2,\1,(\w)\)\}/,
      '=$1=>new $3($1[0],$1,$4)',
    ],
  ],
  '@lit/reactive-element/reactive-element.js': [
    [
      /(\w)=globalThis,(\w)=\1\.trustedTypes,(\w)=\2\?\2\.emptyScript:"",(\w)=\1\.reactiveElementPolyfillSupport,/,
      '$3="",',
    ],
    [/,\w\?\.\(\{ReactiveElement:\w\}\),\(\w\.reactiveElementVersions\?\?=\[\]\)\.push\("[\d.]+"\)/, ''],
    [/Symbol\.metadata\?\?=Symbol\("metadata"\),\w\.litPropertyMetadata\?\?=new WeakMap;/, ''],
    [/const t=this\[Symbol\.metadata\];if\(null!==t\)\{.*?this\.elementProperties\.set\(t,i\)\}/, ''],
    [/static addInitializer\(t\)\{.*?\}/, ''],
    [/,void 0!==t\.l&&\(this\.l=\[\.\.\.t\.l\]\)/, ''],
    [/,this\.constructor\.l\?\.forEach\(t=>t\(this\)\)/, ''],
  ],
  'lit-element/lit-element.js': [
    [
      /,\w\.litElementHydrateSupport\?\.\(\{LitElement:\w\}\);const \w=\w\.litElementPolyfillSupport;\w\?\.\(\{LitElement:\w\}\);/,
      ';',
    ],
    [/\(\w\.litElementVersions\?\?=\[\]\)\.push\("[\d.]+"\);/, ''],
  ],
  'lit-html/lit-html.js': [
    [
      /,\w=\w\.litHtmlPolyfillSupport;\w\?\.\(\w,\w\),\(\w\.litHtmlVersions\?\?=\[\]\)\.push\("[\d.]+"\);/,
      ';',
    ],
    [/:3===\w\?"<math>":""/, ':""'],
    [/:3===\w\?"<\/math>":""/, ':""'],
    [/\|\|3===\w\)\{/, '){'],
  ],
};

export const trimmedFiles = Object.keys(replacements);

export function trimLit(): Plugin {
  return {
    name: 'trim-lit',
    transform: {
      filter: { id: /node_modules\/(?:@lit\/reactive-element|lit-element|lit-html)\/[\w-]+\.js$/ },
      handler: (code, id) => {
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
