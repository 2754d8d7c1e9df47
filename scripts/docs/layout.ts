import type { Page } from './page.ts';

/** What a page needs of any other to lead to it. */
export type PageLink = Pick<Page, 'path' | 'title' | 'summary'>;

const SITE = 'ws-elements';

/** A whole page. Its addresses are relative, so that the site may stand anywhere. */
export function renderPage(page: Page, all: readonly PageLink[]): string {
  const base = '../'.repeat(page.path.split('/').length - 1);
  const name = page.path.split('/').at(-1);
  return renderDocument({
    title: page.title,
    base,
    navigation: renderNavigation(all, base, page),
    content: page.content,
    head: [
      page.css ? `<link rel="stylesheet" href="${name}.css">` : '',
      ...[...page.scripts.keys()].map((path) => `<script type="module" src="${base}${path}"></script>`),
    ],
  });
}

interface Parts {
  title: string;
  base: string;
  navigation: string;
  content: string;
  head: string[];
}

function renderDocument({ title, base, navigation, content, head }: Parts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · ${SITE}</title>
<link rel="icon" href="${base}assets/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${base}assets/docs.css">
<script src="${base}assets/ws-elements.js" defer></script>
<script src="${base}assets/docs.js" defer></script>
${head.filter(Boolean).join('\n')}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><a href="${base}index.html">${SITE}</a></header>
<nav aria-label="Pages">
${navigation}
</nav>
<main id="main" tabindex="-1">
${content}</main>
</body>
</html>
`;
}

function renderNavigation(all: readonly PageLink[], base: string, current?: Page): string {
  const link = ({ path, title }: PageLink) => {
    const isCurrent = path === current?.path;
    const marks = isCurrent ? ' aria-current="page"' : '';
    const below = isCurrent && current.headings.length ? `\n${renderHeadings(current)}` : '';
    return `<li><a href="${base}${path}.html"${marks}>${escapeHtml(title)}</a>${below}</li>`;
  };
  return groups(all)
    .map(([group, pages]) => `<p>${group}</p>\n<ul>\n${pages.map(link).join('\n')}\n</ul>`)
    .join('\n');
}

function renderHeadings({ headings }: Page): string {
  const items = headings.map(
    ({ id, text }) => `<li><a href="#${encodeURIComponent(id)}">${escapeHtml(text)}</a></li>`,
  );
  return `<ul>\n${items.join('\n')}\n</ul>`;
}

/** Pages by the folder that they are in; those in none come last. The first page is what the site's name leads to. */
function groups(all: readonly PageLink[]): [name: string, pages: PageLink[]][] {
  const byFolder = new Map<string, PageLink[]>();
  for (const page of all) {
    const folder = page.path.split('/').slice(0, -1).join('/');
    if (page.path !== 'index') byFolder.set(folder, [...(byFolder.get(folder) ?? []), page]);
  }
  return [...byFolder]
    .sort(([a], [b]) => Number(!a) - Number(!b) || (a < b ? -1 : 1))
    .map(([folder, pages]) => [folder ? escapeHtml(capitalise(folder)) : 'Guides', pages]);
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
