/**
 * What type checkers of JSX and of templates know of the elements: their attributes, the properties that have no
 * attribute of their name, and handlers of their events, on top of what the framework gives to any HTML element.
 *
 * One module a framework: an augmentation of one that is not installed is an error.
 */
import { type Attribute, type Element, elementsOf, type Manifest } from './manifest.ts';

interface Framework {
  /** The names of an event's handler. */
  handlers(event: string): string[];
  /** Whether `false` is written as text into an attribute that is not also a property. To an element, that is on. */
  writesFalse(attribute: string): boolean;
}

/** `IntrinsicElements` of React's JSX, 19 or newer: before it, React could not listen to custom events. */
export function reactTypes(manifest: Manifest, packageName: string): string {
  return `${head(manifest, packageName)}import type { ClassAttributes, HTMLAttributes } from 'react';

${interfaces(manifest, { handlers: (event) => [`on${event}`], writesFalse: () => false })}
type Props<Node, Own> = Own & ClassAttributes<Node> & Omit<HTMLAttributes<Node>, keyof Own>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${entries(manifest, '      ', (node, own) => `Props<${node}, ${own}>`)}    }
  }
}
`;
}

/** `IntrinsicElements` of Preact's JSX. */
export function preactTypes(manifest: Manifest, packageName: string): string {
  // Its test for `aria-` and `data-` is a dash in the fifth place.
  const framework = {
    handlers: (event: string) => [`on${event}`],
    writesFalse: (name: string) => name[4] === '-',
  };
  return `${head(manifest, packageName)}import type { ClassAttributes, HTMLAttributes } from 'preact';

${interfaces(manifest, framework)}
type Props<Node extends EventTarget, Own> = Own & ClassAttributes<Node> & Omit<HTMLAttributes<Node>, keyof Own>;

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
${entries(manifest, '      ', (node, own) => `Props<${node}, ${own}>`)}    }
  }
}
`;
}

/** `GlobalComponents` of Vue, which its templates are checked by. */
export function vueTypes(manifest: Manifest, packageName: string): string {
  // `@ws-open` in a template is `onWsOpen` to the checker.
  const framework = { handlers: (event: string) => [`on${pascalCase(event)}`], writesFalse: () => true };
  return `${head(manifest, packageName)}import type { HTMLAttributes, PublicProps } from 'vue';

${interfaces(manifest, framework)}
type Component<Node, Own> = new () => Node & { $props: Own & PublicProps & Omit<HTMLAttributes, keyof Own> };

declare module 'vue' {
  interface GlobalComponents {
${entries(manifest, '    ', (node, own) => `Component<${node}, ${own}>`)}  }
}
`;
}

/** `SvelteHTMLElements`, which Svelte's templates are checked by. */
export function svelteTypes(manifest: Manifest, packageName: string): string {
  // The second is that of components without runes.
  const framework = { handlers: (event: string) => [`on${event}`, `on:${event}`], writesFalse: () => true };
  return `${head(manifest, packageName)}import type { HTMLAttributes } from 'svelte/elements';

${interfaces(manifest, framework)}
type Props<Node extends EventTarget, Own> = Own & Omit<HTMLAttributes<Node>, keyof Own>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
${entries(manifest, '    ', (node, own) => `Props<${node}, ${own}>`)}  }
}
`;
}

/** Imports the modules that add the elements' classes to `HTMLElementTagNameMap`. */
function head({ modules }: Manifest, packageName: string): string {
  return modules
    .filter(({ declarations }) => declarations?.some(({ tagName }) => tagName))
    .map(({ path = '' }) => `import '${packageName}/${path.replace(/^dist\//, '')}';\n`)
    .sort()
    .join('');
}

function entries(manifest: Manifest, indent: string, type: (node: string, own: string) => string): string {
  return elementsOf(manifest)
    .map((element) => {
      const { tagName, description } = element;
      return `${comment(description, indent)}${indent}'${tagName}': ${type(nodeOf(element), ownOf(element))};\n`;
    })
    .join('');
}

function interfaces(manifest: Manifest, framework: Framework): string {
  return elementsOf(manifest)
    .map((element) => `export interface ${ownOf(element)} {\n${properties(element, framework)}}\n`)
    .join('\n');
}

function properties(element: Element, { handlers, writesFalse }: Framework): string {
  const { attributes = [], members = [], events = [] } = element;
  const names = new Set(attributes.map(({ name }) => name));
  const line = (name: string, type: string, description = '') =>
    `${comment(description, '  ')}  '${name}'?: ${type} | undefined;\n`;
  return [
    ...attributes.map((attribute) => {
      const { name, fieldName = name, type, description = '' } = attribute;
      return type?.text === 'boolean' && fieldName !== name && writesFalse(name)
        ? line(name, `true | ''`, `${description} It has no \`false\`; \`${fieldName}\` has.`.trim())
        : line(name, attributeType(attribute, element), description);
    }),
    ...members
      .filter(({ kind, name, readonly }) => kind === 'field' && !readonly && !names.has(name))
      .map(({ name, description }) => line(name, `${nodeOf(element)}['${name}']`, description)),
    ...events.flatMap(({ name = '', description }) =>
      handlers(name).map((handler) => line(handler, '((event: CustomEvent) => void)', description)),
    ),
  ].join('');
}

/** What may be written for an attribute. A number may be text, as HTML has it. */
function attributeType({ name, fieldName = name, type }: Attribute, element: Element): string {
  // The manifest knows no type of what has a converter of its own: any text may mean something to that.
  if (!type) return 'string | number';
  const parts = type.text.split('|').map((part) => part.trim());
  // A name is known where its class is declared, not here.
  if (!parts.every((part) => /^('.*'|string|number|boolean|true|false|null|undefined)$/.test(part)))
    return `${nodeOf(element)}['${fieldName}']`;
  return parts
    .filter((part) => part && part !== 'undefined')
    .map((part) => (part === 'number' ? 'number | `${number}`' : part))
    .join(' | ');
}

function nodeOf({ tagName }: Element): string {
  return `HTMLElementTagNameMap['${tagName}']`;
}

function ownOf({ tagName }: Element): string {
  return `${pascalCase(tagName)}Props`;
}

function pascalCase(kebab: string): string {
  return kebab.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function comment(text = '', indent: string): string {
  if (!text) return '';
  const lines = text.replaceAll('*/', '*\\/').split('\n');
  return lines.length === 1
    ? `${indent}/** ${lines[0]} */\n`
    : `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}
