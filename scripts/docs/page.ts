import MarkdownIt, { type Token } from 'markdown-it';
import { apiSection, type DocumentedElement } from './api-section.ts';
import {
  EXAMPLE_TOKEN,
  type Example,
  exampleOf,
  examplesIn,
  joinExamples,
  plainText,
  scopeStyles,
} from './examples.ts';

export interface Heading {
  readonly id: string;
  readonly text: string;
}

export interface Page {
  /** In the site, without its extension: `elements/ws-chat`. */
  readonly path: string;
  readonly title: string;
  /** Its first paragraph, as text. */
  readonly summary: string;
  /** Of the second level. */
  readonly headings: readonly Heading[];
  readonly examples: readonly Example[];
  /** HTML below the page's own head. */
  readonly content: string;
  /** All examples' styles; empty where there are none. */
  readonly css: string;
  /** A script an example that has one, by path in the site. */
  readonly scripts: ReadonlyMap<string, string>;
}

const API = /^<!-- api ([a-z-]+) -->$/gm;

/** HTML is escaped: what stands in a page's text is text. */
const markdown = new MarkdownIt({ html: false });
const { escapeHtml } = markdown.utils;

/**
 * Links lead from file to file in the repository, and from page to page here. What lies outside `docs/` has no page:
 * its link is text.
 */
markdown.core.ruler.push('links', ({ tokens, env }) => {
  const opened: Token[] = [];
  for (const token of tokens.flatMap(({ children }) => children ?? [])) {
    if (token.type === 'link_close' && opened.pop()?.tag === 'span') token.tag = 'span';
    if (token.type !== 'link_open') continue;
    opened.push(token);
    const href = String(token.attrGet('href') ?? '');
    if (/^[a-z]+:/.test(href)) continue;
    if (isOutside(href, String(env?.path))) {
      token.tag = 'span';
      token.attrs = null;
    } else {
      token.attrSet('href', href.replace(/\.md(?=#|$)/, '.html'));
    }
  }
});

function isOutside(href: string, path: string): boolean {
  const up = /^(?:\.\.\/)*/.exec(href)?.[0].length ?? 0;
  return up / 3 > path.split('/').length - 1;
}

/** Wide tables scroll in a frame of their own, which the keyboard can reach. */
markdown.renderer.rules.table_open = (tokens, index) => {
  const end = tokens.findIndex(({ type }, place) => place > index && type === 'thead_close');
  const columns = tokens.slice(index, end).filter(({ type }) => type === 'th_open').length;
  return columns > 3
    ? '<div class="wide" role="group" aria-label="Table" tabindex="0"><table>\n'
    : '<div><table>\n';
};
markdown.renderer.rules.table_close = () => '</table></div>\n';

/** The policy allows no `style` attribute: a column's alignment is a class. */
markdown.core.ruler.push('alignment', ({ tokens }) => {
  for (const token of tokens) {
    if (!/^t[hd]_open$/.test(token.type) || !token.attrs) continue;
    const isNumber = /right/.test(String(token.attrGet('style') ?? ''));
    token.attrs = isNumber ? [['class', 'number']] : null;
  }
});

markdown.renderer.rules[EXAMPLE_TOKEN] = (tokens, index, _options, env) =>
  renderExample(exampleOf(tokens[index] as Token), String(env?.path));

/**
 * Reads one file of `docs/`. `<!-- api ws-chat -->` is replaced by that element's tables.
 *
 * @throws {Error} It has no heading in its first line, or an example is wrong; the message names the file.
 */
export function readPage(
  path: string,
  source: string,
  elements: ReadonlyMap<string, DocumentedElement>,
): Page {
  try {
    return read(path, source, elements);
  } catch (error) {
    throw new Error(`docs/${path}.md: ${(error as Error).message}`);
  }
}

function read(path: string, source: string, elements: ReadonlyMap<string, DocumentedElement>): Page {
  const text = source.replace(API, (_, tag: string) => {
    const element = elements.get(tag);
    if (!element) throw new Error(`there is no element <${tag}>`);
    return apiSection(element);
  });
  const tokens = joinExamples(markdown.parse(text, { path }));
  if (tokens[0]?.type !== 'heading_open' || tokens[0].tag !== 'h1') {
    throw new Error('expected "# Title" in its first line');
  }
  const examples = examplesIn(tokens);
  refuseSharedIds(examples);
  const firstParagraph = tokens.findIndex(({ type }) => type === 'paragraph_open');
  return {
    path,
    title: plainText(tokens[1]),
    summary: plainText(tokens[firstParagraph + 1]),
    headings: nameHeadings(tokens),
    examples,
    content: markdown.renderer.render(tokens, markdown.options, { path }),
    css: examples.map(({ id, css }) => (css ? scopeStyles(css, id) : '')).join(''),
    scripts: new Map(examples.flatMap(({ id, js }) => (js ? [[`${path}.${id}.js`, js]] : []))),
  };
}

/** Gives every heading its id, and returns those of the second level. */
function nameHeadings(tokens: readonly Token[]): Heading[] {
  const taken = new Map<string, number>();
  return tokens.flatMap((token, index) => {
    if (token.type !== 'heading_open') return [];
    const text = plainText(tokens[index + 1]);
    const slug = slugify(text);
    const times = taken.get(slug) ?? 0;
    taken.set(slug, times + 1);
    const id = times ? `${slug}-${times}` : slug;
    token.attrSet('id', id);
    return token.tag === 'h2' ? [{ id, text }] : [];
  });
}

/** As GitHub makes them, so that a link to a heading works in both places. */
function slugify(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

/** All examples of a page are in one document, where a script finds an element by its id. */
function refuseSharedIds(examples: readonly Example[]): void {
  const ids = examples.flatMap(({ html }) => [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
  const shared = ids.find((id, index) => ids.indexOf(id) !== index);
  if (shared) throw new Error(`two examples have the id "${shared}"`);
}

/** An example as it lives, and below it what it is made of. */
function renderExample({ id, as, html, css, js, publish, before }: Example, path: string): string {
  const live = as ? `<ws-connection token-url="/token?user=${as}">\n${html}</ws-connection>\n` : html;
  return `<div class="example" id="${id}">
<div class="live">
${live}</div>
${source('HTML', html)}${source('CSS', css)}${source('JavaScript', js)}${source('POST /api/publish, before', before)}${source('POST /api/publish', publish)}${
  publish
    ? `<p class="action"><button type="button" data-publish="${path}#${id}">Publish</button> <output></output></p>\n`
    : ''
}</div>
`;
}

function source(label: string, text: string | undefined): string {
  return text
    ? `<p class="label">${label}</p>\n<pre translate="no"><code>${escapeHtml(text)}</code></pre>\n`
    : '';
}
