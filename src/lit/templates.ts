/**
 * Lit's templates for the script tag's file: `html` and `render` as our elements use them, at a third of lit-html's
 * size. An expression stands for an attribute's value or a part of it, `?boolean=`, `@event=`, or content: text, a
 * template, or an array of either. There are no directives, no `.property=` and no `svg`; `assertKnown` in
 * scripts/build/template-literals.ts stops the build at what is missing. A node of a template stays as long as the same
 * template is rendered in its place.
 */

/** Stands for an expression while the template is parsed. */
const HOLE = '{ws}';

export const nothing = Symbol();

export interface TemplateResult {
  readonly strings: TemplateStringsArray;
  readonly values: readonly unknown[];
}

/** Takes the values of all expressions, from `index` on its own, and says where the next one's begin. */
type Part = (values: readonly unknown[], index: number) => number;

interface Template {
  readonly content: DocumentFragment;
  /** In order: which node, counted over elements and comments; for an attribute its name and what stands around its holes. */
  readonly holes: [node: number, name?: string, around?: string[]][];
}

/** As much of them as is used, where the browser has them. */
interface TrustedTypes {
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createHTML(markup: string): string },
    ): { createHTML(markup: string): unknown };
  };
}

const ELEMENTS_AND_COMMENTS = 129;

/** The name is Lit's, so that one entry in a page's policy does for the script and for modules. */
const policy = (globalThis as TrustedTypes).trustedTypes?.createPolicy('lit-html', {
  createHTML: (markup) => markup,
});

const templates = new WeakMap<TemplateStringsArray, Template>();
const containers = new WeakMap<Node, Part>();

export function html(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult {
  return { strings, values };
}

/** Puts a template, or text, into `container`; changes what is there if it was rendered before. */
export function render(
  value: unknown,
  container: Element | ShadowRoot,
  { host }: { host?: object } = {},
): void {
  let part = containers.get(container);
  if (!part) {
    container.append(new Comment());
    part = contentPart(container.lastChild as Node, host);
    containers.set(container, part);
  }
  part([value], 0);
}

function parse(strings: TemplateStringsArray): Template {
  const holder = document.createElement('template');
  const markup = strings.reduce(
    // In a tag, or between tags: none has a > in an attribute.
    (text, next) => text + (text.lastIndexOf('<') > text.lastIndexOf('>') ? HOLE : `<!--${HOLE}-->`) + next,
  );
  // What stands between two expressions' nodes is told by what follows: it needs something that does.
  const ended = markup.endsWith('-->') ? `${markup}<!---->` : markup;
  holder.innerHTML = (policy?.createHTML(ended) ?? ended) as string;
  const { content } = holder;
  const holes: Template['holes'] = [];
  nodesOf(content).forEach((node, index) => {
    if ((node as Comment).data === HOLE) holes.push([index]);
    for (const name of (node as Element).getAttributeNames?.() ?? []) {
      const around = (node as Element).getAttribute(name)?.split(HOLE) as string[];
      if (around.length < 2) continue;
      holes.push([index, name, around]);
      (node as Element).removeAttribute(name);
    }
  });
  return { content, holes };
}

function nodesOf(root: Node): Node[] {
  const walker = document.createTreeWalker(root, ELEMENTS_AND_COMMENTS);
  const nodes: Node[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

/** A template's nodes, not yet in the page, and what sets their expressions. */
function instantiate(strings: TemplateStringsArray, host?: object) {
  let template = templates.get(strings);
  if (!template) {
    template = parse(strings);
    templates.set(strings, template);
  }
  const content = document.importNode(template.content, true);
  const nodes = nodesOf(content);
  const parts = template.holes.map(([index, name, around]) =>
    name
      ? attributePart(nodes[index] as Element, name, around as string[], host)
      : contentPart(nodes[index] as Node, host),
  );
  const update = (values: readonly unknown[]) => {
    parts.reduce((index, part) => part(values, index), 0);
  };
  return { strings, content, update };
}

function attributePart(element: Element, name: string, around: string[], host?: object): Part {
  const key = name.slice(1);
  const count = around.length - 1;
  let before: unknown = nothing;
  if (name[0] === '@') {
    element.addEventListener(key, (event) => (before as EventListener).call(host ?? element, event));
  }
  return (values, index) => {
    const value = values[index];
    if (name[0] === '@') before = value;
    else if (name[0] === '?') element.toggleAttribute(key, !!value && value !== nothing);
    else {
      const text =
        value === nothing
          ? value
          : around.reduce((text, next, hole) => text + (values[index + hole - 1] ?? '') + next);
      if (text !== before) {
        before = text;
        if (text === nothing) element.removeAttribute(name);
        else element.setAttribute(name, text as string);
      }
    }
    return index + count;
  };
}

/** What stands between `start` and the node that is next to it now. */
function contentPart(start: Node, host?: object): Part {
  const end = start.nextSibling;
  let text: Text | undefined;
  let instance: ReturnType<typeof instantiate> | undefined;
  let items: [end: Node, part: Part][] | undefined;

  const clear = (from = start) => {
    while (from.nextSibling !== end) from.nextSibling?.remove();
    text = instance = items = undefined;
  };
  const insert = (node: Node) => start.parentNode?.insertBefore(node, end);

  return (values, index) => {
    const value = values[index] as TemplateResult | undefined;
    if (Array.isArray(value)) {
      if (!items) clear();
      items ??= [];
      for (const [at, item] of value.entries()) {
        if (!items[at]) {
          const first = insert(new Comment()) as Node;
          const last = insert(new Comment()) as Node;
          items.push([last, contentPart(first, host)]);
        }
        items[at]?.[1]([item], 0);
      }
      const kept = items.slice(0, value.length);
      clear(kept.at(-1)?.[0]);
      items = kept;
    } else if (value?.strings) {
      if (instance?.strings === value.strings) instance.update(value.values);
      else {
        clear();
        instance = instantiate(value.strings, host);
        instance.update(value.values);
        insert(instance.content);
      }
    } else {
      const data = value === undefined || value === null || (value as unknown) === nothing ? '' : `${value}`;
      if (!text || !data) clear();
      // The same text anew would take a selection away.
      if (!text && data) {
        text = new Text(data);
        insert(text);
      } else if (text && text.data !== data) text.data = data;
    }
    return index + 1;
  };
}
