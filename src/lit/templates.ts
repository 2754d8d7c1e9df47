/**
 * Lit's templates for the script tag's file: `html` and `render` as our elements use them, at a third of lit-html's
 * size. An expression stands for an attribute's value or a part of it, `?boolean=`, `@event=`, or content: text, a
 * template, or an array of either. There are no directives, no `.property=`, no `svg` and no
 * `nothing` (an empty string shows as little); `assertKnown` in
 * scripts/build/template-literals.ts stops the build at what is missing. A node of a template stays as long as the same
 * template is rendered in its place.
 */

/** Stands for an expression while the template is parsed. */
const HOLE = '{ws}';

export interface TemplateResult {
  readonly strings: TemplateStringsArray;
  readonly values: readonly unknown[];
}

/** Takes the values of all expressions, from `index` on its own, and says where the next one's begin. */
type Part = (values: readonly unknown[], index: number) => number;

interface Template {
  readonly content: DocumentFragment;
  /** In order: which node, counted over all of them; for an attribute its name and what stands around its holes. */
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
export function render(value: unknown, container: Element | ShadowRoot): void {
  let part = containers.get(container);
  if (!part) {
    const end = new Text();
    container.append(end);
    part = contentPart(end);
    containers.set(container, part);
  }
  part([value], 0);
}

function parse(strings: TemplateStringsArray): Template {
  const holder = document.createElement('template');
  const markup = strings
    // In a tag, or between tags: none has a > in an attribute. An end tag without a name is a comment.
    .reduce((text, next) => text + (/<[^>]*$/.test(text) ? HOLE : `</${HOLE}>`) + next)
    // Where an expression's nodes begin is told by what is before: it needs something that is.
    .replace(/^<\//, '</ >$&');
  holder.innerHTML = (policy?.createHTML(markup) ?? markup) as string;
  const { content } = holder;
  const holes: Template['holes'] = [];
  nodesOf(content).forEach((node, index) => {
    // An empty text: what is shown there is mostly text, and a comment beside it would be one node more.
    if ((node as Comment).data === HOLE) {
      holes.push([index]);
      (node as Comment).replaceWith('');
    }
    for (const { name, value } of [...((node as Element).attributes ?? [])]) {
      if (!value.includes(HOLE)) continue;
      holes.push([index, name, value.split(HOLE)]);
      (node as Element).removeAttribute(name);
    }
  });
  return { content, holes };
}

function nodesOf(root: Node): Node[] {
  const walker = document.createTreeWalker(root);
  const nodes: Node[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

/** A template's nodes, not yet in the page, and what sets their expressions. */
function instantiate(strings: TemplateStringsArray) {
  let template = templates.get(strings);
  if (!template) {
    template = parse(strings);
    templates.set(strings, template);
  }
  const content = document.importNode(template.content, true);
  const nodes = nodesOf(content);
  const parts = template.holes.map(([index, name, around]) =>
    name
      ? attributePart(nodes[index] as Element, name, around as string[])
      : contentPart(nodes[index] as Text),
  );
  const update = (values: readonly unknown[]) => {
    parts.reduce((index, part) => part(values, index), 0);
  };
  return { strings, content, update };
}

function attributePart(element: Element, name: string, around: string[]): Part {
  const [kind] = name;
  const key = name.slice(1);
  let before: unknown;
  if (kind === '@') {
    element.addEventListener(key, (event) => {
      const { host } = element.getRootNode() as ShadowRoot;
      (before as EventListener).call(host, event);
    });
  }
  return (values, index) => {
    const value = values[index];
    if (kind === '@') before = value;
    else if (kind === '?') element.toggleAttribute(key, !!value);
    else {
      const text = around.reduce((text, next, hole) => text + (values[index + hole - 1] ?? '') + next);
      if (text !== before) element.setAttribute(name, text);
      before = text;
    }
    return index + around.length - 1;
  };
}

/** What stands in `end`, as text, or between it and the node that is before it now. */
function contentPart(end: Text): Part {
  const start = end.previousSibling;
  let instance: ReturnType<typeof instantiate> | undefined;
  let items: [end: Text, part: Part][] | undefined;

  const clear = (from: Node | null = start) => {
    while (end.previousSibling !== from) end.previousSibling?.remove();
    instance = items = undefined;
  };
  const addItem = (): [Text, Part] => {
    const last = new Text();
    end.before(last);
    return [last, contentPart(last)];
  };

  return (values, index) => {
    const value = values[index] as TemplateResult | undefined;
    let data = '';
    if (Array.isArray(value)) {
      if (!items) clear();
      const shown = value.map((item, at) => {
        const kept = items?.[at] ?? addItem();
        kept[1]([item], 0);
        return kept;
      });
      clear(shown.at(-1)?.[0]);
      items = shown;
    } else if (value?.strings) {
      if (instance?.strings !== value.strings) {
        clear();
        instance = instantiate(value.strings);
      }
      instance.update(value.values);
      // Nothing from the second time on.
      end.before(instance.content);
    } else {
      clear();
      data = `${value ?? ''}`;
    }
    // The same text anew would take a selection away.
    if (end.data !== data) end.data = data;
    return index + 1;
  };
}
