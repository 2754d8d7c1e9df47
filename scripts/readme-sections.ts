/**
 * The parts of README.md that are made from the code: element tables from `custom-elements.json`, the server's options
 * from their table. Pure; `readme.ts` reads and writes the files.
 */

interface Described {
  name?: string;
  description?: string;
  default?: string;
}

export interface ManifestElement extends Described {
  tagName: string;
  attributes?: (Described & { type?: { text: string } })[];
  events?: Described[];
  slots?: Described[];
  cssParts?: Described[];
  cssProperties?: Described[];
}

export interface OptionLine {
  flag: string;
  variable: string;
  default: string;
  help: string;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
export const code = (text: string) => `\`${cell(text)}\``;

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** What an entry of an element is called, and what it is. */
function describe({ name, description = '', default: value }: Described): [string, string] {
  const isWorthSaying = value && !/^(false|''|undefined)$/.test(value);
  return [
    name ? code(name) : '(default)',
    cell(description) + (isWorthSaying ? ` Default: ${code(value)}.` : ''),
  ];
}

/** The entries of one kind, a row each. */
export function memberTable(entries: readonly Described[]): string {
  return table(['name', 'what it is'], entries.map(describe));
}

/** One heading an element, with a table of what it takes, tells and shows. */
export function elementSection(element: ManifestElement): string {
  const rows = (
    [
      ['attribute', element.attributes],
      ['event', element.events],
      ['slot', element.slots],
      ['part', element.cssParts],
      ['property', element.cssProperties],
    ] as const
  ).flatMap(([kind, entries]) => (entries ?? []).map((entry) => [kind, ...describe(entry)]));
  const heading = `### \`<${element.tagName}>\`\n\n${(element.description ?? '').trim()}`;
  return rows.length ? `${heading}\n\n${table(['', 'name', 'what it is'], rows)}` : heading;
}

/** The server's options, a row each. */
export function optionSection(options: readonly OptionLine[]): string {
  return table(
    ['flag', 'environment', 'default', 'what it is'],
    options.map((option) => [
      code(`--${option.flag}`),
      code(option.variable),
      option.default ? code(option.default) : '',
      cell(option.help),
    ]),
  );
}

/**
 * Puts content between `<!-- name -->` and `<!-- /name -->`.
 *
 * @throws {Error} if the text has no such section.
 */
export function fillSection(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`README.md: no section ${begin} … ${end}`);
  return `${text.slice(0, from + begin.length)}\n${content}\n${text.slice(to)}`;
}
