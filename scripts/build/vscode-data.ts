/**
 * What VS Code completes and explains in HTML and CSS.
 */
import { type Element, elementsOf, type Manifest, valuesOf } from './manifest.ts';

/** Tags with their attributes; what cannot be completed in HTML is listed in the tag's description. */
export function htmlData(manifest: Manifest): object {
  return {
    version: 1.1,
    tags: elementsOf(manifest).map((element) => ({
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
  for (const { tagName, cssProperties = [], cssParts = [] } of elementsOf(manifest)) {
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

function describeElement({ description = '', slots, events, cssParts, cssProperties }: Element): string {
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
