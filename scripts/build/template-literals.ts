/**
 * Shortens `html`, `svg` and `css` template literals, which no JavaScript minifier may touch.
 */
import { transform } from 'lightningcss';
import MagicString from 'magic-string';
import { parseAst } from 'rolldown/parseAst';
import type { Plugin } from 'vite';
import { minifyHtml } from './minify-html.ts';

/** Stands for an expression between two parts. */
const HOLE = '\uE000';

const unrenderable = [
  // Properties; expressions in place of an attribute, in comments and in elements whose content is raw text.
  /\s\.[\w-]+\s*=\s*["']?\uE000/,
  /<[^\s<>]+(?:\s+[^\s=<>\uE000"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*\s+\uE000(?!\s*=)/,
  /<!--(?:(?!-->)[^\uE000])*\uE000/,
  /<(script|style|textarea|title)\b[^>]*>(?:(?!<\/\1)[^\uE000])*\uE000/i,
  // What is in a tag is told from what is between tags by the last of these.
  /=\s*"[^"]*[<>][^"]*"|=\s*'[^']*[<>][^']*'/,
];

/** As much of an ESTree node as is looked at. */
interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

interface Quasi extends Node {
  value: { raw: string; cooked: string };
}

export function minifyTemplateLiterals(): Plugin {
  return {
    name: 'minify-template-literals',
    enforce: 'post',
    transform: {
      filter: { code: /\b(?:html|svg|css)`/, id: { exclude: /node_modules/ } },
      handler: (code, id) => minifyTemplates(code, id),
    },
  };
}

/**
 * @param code JavaScript.
 * @throws {Error} A stylesheet is wrong, or has an expression in it.
 */
export function minifyTemplates(code: string, id: string): { code: string; map: string } {
  const edited = new MagicString(code);
  for (const { tag, quasis } of templates(parseAst(code) as unknown as Node)) {
    const texts = quasis.map((quasi) => quasi.value.raw);
    if (tag !== 'css') assertRenderable(texts, id);
    const parts = tag === 'css' ? [minifyCss(quasis, id)] : minifyHtml(texts);
    for (const [index, quasi] of quasis.entries()) {
      const { start, end } = textRange(code, quasi);
      if (start < end) edited.update(start, end, inAscii(parts[index] ?? ''));
    }
  }
  return { code: edited.toString(), map: edited.generateMap({ source: id, hires: true }).toString() };
}

/**
 * @param parts The static parts of a template.
 * @throws {Error} It asks for what src/lit/templates.ts, which the script has in place of lit-html, does not do.
 */
function assertRenderable(parts: readonly string[], id: string): void {
  const text = parts.join(HOLE);
  const wrong = unrenderable.map((pattern) => text.match(pattern)).find(Boolean);
  if (!wrong) return;
  const found = wrong[0].replaceAll(HOLE, '${…}');
  throw new Error(`${id}: the script's templates have no ${found}; see src/lit/templates.ts`);
}

function minifyCss(quasis: readonly Quasi[], id: string): string {
  const [only, ...others] = quasis;
  if (!only || others.length) throw new Error(`${id}: css\`…\` with an expression in it cannot be shortened`);
  const { code, warnings } = transform({ filename: id, code: Buffer.from(only.value.cooked), minify: true });
  if (warnings.length) throw new Error(`${id}: ${warnings.map((warning) => warning.message).join('; ')}`);
  return withoutSpaces(code.toString()).replace(/[\\`]|\$\{/g, '\\$&');
}

/** What Lightning CSS leaves behind commas where it does not read a value, because there is a `var()` in it. */
function withoutSpaces(css: string): string {
  return css.replace(/("(?:\\.|[^"\\])*")|, /g, (_, string?: string) => string ?? ',');
}

/** A page that is not in UTF-8 may well load the script, and no minifier escapes what is in a tagged template. */
function inAscii(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (letter) =>
    `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`.replace('\\u00', '\\x'),
  );
}

/** Parsers disagree on whether a template element's range includes its delimiters. */
function textRange(code: string, { start, end, value }: Quasi): { start: number; end: number } {
  const from = code.startsWith(value.raw, start) && end - start === value.raw.length ? start : start + 1;
  return { start: from, end: from + value.raw.length };
}

function* templates(node: Node): Generator<{ tag: string; quasis: Quasi[] }> {
  if (node.type === 'TaggedTemplateExpression') {
    const { name } = node.tag as { name?: string };
    if (name === 'html' || name === 'svg' || name === 'css') {
      yield { tag: name, quasis: (node.quasi as { quasis: Quasi[] }).quasis };
    }
  }
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child === 'object' && 'type' in child) yield* templates(child as Node);
    }
  }
}
