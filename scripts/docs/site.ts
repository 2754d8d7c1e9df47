import type { DocumentedElement } from './api-section.ts';
import { renderPage } from './layout.ts';
import { type Page, readPage } from './page.ts';

export interface Site {
  readonly pages: readonly Page[];
  /** Content by path: `index.html`, `elements/ws-chat.html`, `assets/docs.css`. */
  readonly files: ReadonlyMap<string, string | Buffer>;
  /** Requests of `POST /api/publish` that the examples show, by page and example: `elements/ws-chat#example-2`. */
  readonly publications: ReadonlyMap<string, object>;
  /** What was published before any page was opened. */
  readonly before: readonly object[];
}

/**
 * The whole site.
 *
 * @param sources - Markdown by path in `docs/`, `elements/ws-chat.md`.
 * @param elements - From `custom-elements.json`.
 * @param others - Files that go along as they are, by path in the site.
 */
export function makeSite(
  sources: ReadonlyMap<string, string>,
  elements: readonly DocumentedElement[],
  others: ReadonlyMap<string, string | Buffer>,
): Site {
  const byTag = new Map(elements.map((element) => [element.tagName, element]));
  const pages = [...sources]
    .map(([path, source]) => readPage(path.replace(/\.md$/, ''), source, byTag))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const files = new Map(others);
  for (const page of pages) {
    files.set(`${page.path}.html`, renderPage(page, pages));
    if (page.css) files.set(`${page.path}.css`, page.css);
    for (const [path, script] of page.scripts) files.set(path, script);
  }
  const published = publicationsOf(pages, 'before');
  return {
    pages,
    files,
    publications: new Map(publicationsOf(pages, 'publish')),
    before: published.flatMap(([, request]) => request.batch ?? request),
  };
}

function publicationsOf(pages: readonly Page[], kind: 'publish' | 'before') {
  return pages.flatMap(({ path, examples }) =>
    examples.flatMap(({ id, [kind]: text }): [string, { batch?: object[] }][] => {
      if (!text) return [];
      try {
        return [[`${path}#${id}`, JSON.parse(text)]];
      } catch (error) {
        throw new Error(`docs/${path}.md: ${id} publishes no JSON: ${(error as Error).message}`);
      }
    }),
  );
}
