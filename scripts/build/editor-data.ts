/**
 * Writes what VS Code completes and explains in HTML and CSS, from `custom-elements.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

/** As much of a custom elements manifest as is read. */
export interface Manifest {
  modules: { declarations?: Declaration[] }[];
}

interface Declaration {
  tagName?: string;
  description?: string;
  attributes?: { name: string; description?: string; default?: string; type?: { text: string } }[];
  slots?: Described[];
  events?: Described[];
  cssParts?: Described[];
  cssProperties?: (Described & { default?: string })[];
}

interface Described {
  name?: string;
  description?: string;
}

export function writeEditorData(): void {
  const dist = new URL('../../dist/', import.meta.url);
  const manifest = JSON.parse(readFileSync(new URL('custom-elements.json', dist), 'utf8')) as Manifest;
  const write = (name: string, data: object) =>
    writeFileSync(new URL(name, dist), `${JSON.stringify(data, null, 2)}\n`);
  write('vscode.html-custom-data.json', htmlData(manifest));
  write('vscode.css-custom-data.json', cssData(manifest));
}

/** Tags with their attributes; what cannot be completed in HTML is listed in the tag's description. */
export function htmlData(manifest: Manifest): object {
  return {
    version: 1.1,
    tags: elements(manifest).map((element) => ({
      name: element.tagName,
      description: { kind: 'markdown', value: describeElement(element) },
      attributes: (element.attributes ?? []).map(({ name, description = '', default: initial, type }) => ({
        name,
        description: initial === undefined ? description : `${description}\n\nDefault: ${initial}`.trim(),
        ...(type?.text === 'boolean' ? { valueSet: 'v' } : {}),
        ...(valuesOf(type?.text).length
          ? { values: valuesOf(type?.text).map((value) => ({ name: value })) }
          : {}),
      })),
    })),
  };
}

/** Custom properties, and a pseudo-element for every part. */
export function cssData(manifest: Manifest): object {
  const properties = new Map<string, object>();
  const parts = new Map<string, object>();
  for (const { tagName, cssProperties = [], cssParts = [] } of elements(manifest)) {
    for (const { name = '', description = '', default: initial } of cssProperties) {
      const value = initial === undefined ? description : `${description}\n\nDefault: ${initial}`;
      if (!properties.has(name)) properties.set(name, { name, description: value });
    }
    for (const { name, description = '' } of cssParts) {
      const selector = `::part(${name})`;
      const described = `\`<${tagName}>\`: ${description}`;
      const known = parts.get(selector) as { description: string } | undefined;
      parts.set(selector, {
        name: selector,
        description: known ? `${known.description}\n\n${described}` : described,
      });
    }
  }
  return { version: 1.1, properties: [...properties.values()], pseudoElements: [...parts.values()] };
}

function elements({ modules }: Manifest): Declaration[] {
  return modules.flatMap(({ declarations = [] }) => declarations.filter(({ tagName }) => tagName));
}

function describeElement({ description = '', slots, events, cssParts, cssProperties }: Declaration): string {
  const sections = { Slots: slots, Events: events, Parts: cssParts, 'Custom properties': cssProperties };
  return [
    description,
    ...Object.entries(sections).flatMap(([title, things]) =>
      things?.length
        ? [
            `**${title}**\n${things.map(({ name, description }) => `- \`${name || 'default'}\`: ${description ?? ''}`).join('\n')}`,
          ]
        : [],
    ),
  ].join('\n\n');
}

/** The strings of a union of strings. */
function valuesOf(type = ''): string[] {
  return [...type.matchAll(/'([^']*)'/g)].map(([, value = '']) => value);
}
