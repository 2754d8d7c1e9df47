import { code, type ManifestElement, memberTable } from '../readme-sections.ts';

interface Member {
  kind: string;
  name: string;
  description?: string;
  attribute?: string;
  parameters?: { name: string; optional?: boolean }[];
}

export type DocumentedElement = ManifestElement & { members?: Member[] };

/**
 * Everything that an element takes, tells and shows, in Markdown: a heading and a table a kind. Made from its doc
 * comments by way of `custom-elements.json`.
 */
export function apiSection(element: DocumentedElement): string {
  const members = (element.members ?? [])
    .filter(({ description, attribute }) => description && !attribute)
    .map((member) => ({ name: memberName(member), description: member.description }));
  const tables = (
    [
      ['Attributes', element.attributes],
      ['Properties and methods', members],
      ['Events', element.events],
      ['Slots', element.slots],
      ['Parts', element.cssParts],
      ['Custom properties', element.cssProperties],
    ] as const
  )
    .filter(([, entries]) => entries?.length)
    .map(([heading, entries]) => `### ${heading}\n\n${memberTable(entries ?? [])}`);
  return `## All of ${code(`<${element.tagName}>`)}\n\n${tables.join('\n\n')}`;
}

/** `markRead(notification?)` */
function memberName({ kind, name, parameters = [] }: Member): string {
  if (kind !== 'method') return name;
  return `${name}(${parameters.map(({ name, optional }) => name + (optional ? '?' : '')).join(', ')})`;
}
