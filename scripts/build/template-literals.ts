/**
 * Shortens `html`, `svg` and `css` template literals, which no JavaScript minifier may touch.
 */
import { transform } from 'lightningcss';
import MagicString from 'magic-string';
import { parseAst } from 'rolldown/parseAst';
import type { Plugin } from 'vite';
import { minifyHtml } from './minify-html.ts';

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
    const parts =
      tag === 'css' ? [minifyCss(quasis, id)] : minifyHtml(quasis.map((quasi) => quasi.value.raw));
    for (const [index, quasi] of quasis.entries()) {
      const { start, end } = textRange(code, quasi);
      if (start < end) edited.update(start, end, parts[index] ?? '');
    }
  }
  return { code: edited.toString(), map: edited.generateMap({ source: id, hires: true }).toString() };
}

function minifyCss(quasis: readonly Quasi[], id: string): string {
  const [only, ...others] = quasis;
  if (!only || others.length) throw new Error(`${id}: css\`…\` with an expression in it cannot be shortened`);
  const { code, warnings } = transform({ filename: id, code: Buffer.from(only.value.cooked), minify: true });
  if (warnings.length) throw new Error(`${id}: ${warnings.map((warning) => warning.message).join('; ')}`);
  return code.toString().replace(/[\\`]|\$\{/g, '\\$&');
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
