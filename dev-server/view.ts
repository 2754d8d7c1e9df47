/**
 * Renders a view as a PHP framework would: `{{name}}` is text, escaped; `{{{name}}}` is HTML.
 *
 * What stands between `<!-- snippet NAME -->` and `<!-- /snippet -->` can be shown elsewhere on the page, as
 * text, by `{{snippet NAME}}`: what a page shows of its source is what it is made of.
 *
 * @throws {Error} the view wants something that it was not given.
 */
export function renderView(view: string, values: Readonly<Record<string, string>>): string {
  const snippets = new Map<string, string>();
  const markup = view.replace(
    /^[ \t]*<!-- snippet ([\w-]+) -->\n([\s\S]*?)\n[ \t]*<!-- \/snippet -->/gm,
    (_, name: string, source: string) => {
      snippets.set(name, dedent(source));
      return source;
    },
  );
  const given = <Value>(from: Value | undefined, name: string): Value => {
    if (from === undefined) throw new Error(`view: nothing was given for "${name}"`);
    return from;
  };
  // One pass: what a value says is never filled in.
  const fill = (text: string): string =>
    text.replace(/\{\{(?:\{(\w+)\}|(\w+)|snippet ([\w-]+))\}\}/g, (_, html, plain, snippet) => {
      if (html) return given(values[html], html);
      if (plain) return escapeHtml(given(values[plain], plain));
      return escapeHtml(fill(given(snippets.get(snippet), snippet)));
    });
  return fill(markup);
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function dedent(text: string): string {
  const lines = text.split('\n');
  const indents = lines.filter((line) => line.trim()).map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join('\n');
}
