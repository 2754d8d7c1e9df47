import { type Attribute, type Described, elementsOf, type Manifest } from './manifest.ts';

/** What JetBrains' editors complete and explain: their web-types format, 2.x. */
export function webTypes(manifest: Manifest, { name, version }: { name: string; version: string }): object {
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name,
    version,
    'js-types-syntax': 'typescript',
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: elementsOf(manifest).map((element) => ({
          name: element.tagName,
          description: element.description ?? '',
          attributes: (element.attributes ?? []).map(attribute),
          slots: (element.slots ?? []).map(named),
          js: {
            properties: (element.members ?? [])
              .filter(({ kind }) => kind === 'field')
              .map((member) => ({
                ...named(member),
                ...(member.type ? { type: member.type.text } : {}),
                ...(member.default === undefined ? {} : { default: member.default }),
                ...(member.readonly ? { 'read-only': true } : {}),
              })),
            events: (element.events ?? []).map((event) => ({ ...named(event), type: 'CustomEvent' })),
          },
          css: {
            properties: (element.cssProperties ?? []).map((property) => ({
              ...named(property),
              ...(property.default === undefined ? {} : { default: property.default }),
            })),
            parts: (element.cssParts ?? []).map(named),
          },
        })),
      },
    },
  };
}

function attribute({ name, description, default: initial, type }: Attribute): object {
  return {
    ...named({ name, description }),
    // In HTML a string has no quotes of its own; that a boolean is false is said by its absence.
    ...(initial === undefined || initial === 'false' ? {} : { default: initial.replace(/^'(.*)'$/, '$1') }),
    value:
      type?.text === 'boolean'
        ? { type: 'boolean', required: false }
        : { type: type?.text.replace(' | undefined', '') ?? 'string' },
  };
}

/** The slot that has no name has an empty one. */
function named({ name = '', description = '' }: Described): { name: string; description: string } {
  return { name, description };
}
