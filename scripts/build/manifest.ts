/**
 * As much of a custom elements manifest (`dist/custom-elements.json`) as is read of it.
 */

export interface Manifest {
  modules: { path?: string; declarations?: Declaration[] }[];
}

export interface Declaration {
  tagName?: string;
  description?: string;
  attributes?: Attribute[];
  members?: Member[];
  slots?: Described[];
  events?: Described[];
  cssParts?: Described[];
  cssProperties?: (Described & { default?: string })[];
}

/** A declaration with a tag. */
export type Element = Declaration & { tagName: string };

export interface Described {
  name?: string;
  description?: string;
}

export interface Attribute extends Described {
  name: string;
  default?: string;
  /** The property that it sets. */
  fieldName?: string;
  type?: { text: string };
}

export interface Member extends Described {
  kind: string;
  name: string;
  default?: string;
  readonly?: boolean;
  type?: { text: string };
}

/** The elements by their tags, without whatever else is declared beside them. The analyzer's order is the disk's. */
export function elementsOf({ modules }: Manifest): Element[] {
  return modules
    .flatMap(({ declarations = [] }) =>
      declarations.filter((declaration): declaration is Element => Boolean(declaration.tagName)),
    )
    .sort((a, b) => (a.tagName < b.tagName ? -1 : 1));
}

/** The strings of a union of strings. */
export function valuesOf(type = ''): string[] {
  return [...type.matchAll(/'([^']*)'/g)].map(([, value = '']) => value);
}
