/**
 * Turns Lit's decorators into the `static properties` that they stand for: same elements, without the decorators'
 * own code in the script.
 */
import MagicString from 'magic-string';
import { parseAst } from 'rolldown/parseAst';
import type { Plugin } from 'vite';

/** As much of an ESTree node as is looked at. */
interface Node {
  type: string;
  start: number;
  end: number;
}

interface Program extends Node {
  body: (Node & { source?: { value: string } })[];
}

interface Decorator extends Node {
  expression: Node & { callee?: Node & { name?: string }; arguments?: Node[] };
}

interface Member extends Node {
  static?: boolean;
  key?: Node & { name?: string };
  value?: Node | null;
  decorators?: Decorator[];
}

const marker = /@(?:property|state|query)\(/;

/** @param initials - See {@link replaceDecorators}. */
export function replaceLitDecorators(initials = false): Plugin {
  return {
    name: 'replace-lit-decorators',
    enforce: 'pre',
    transform: {
      filter: { code: marker, id: { include: /\.ts$/, exclude: /node_modules/ } },
      handler: (code, id) => replaceDecorators(code, id, initials),
    },
  };
}

/**
 * @param code TypeScript.
 * @param initials What properties begin with becomes the option `initial`, which src/lit/lit-element.ts knows and Lit
 * does not, unless it is false: a class without public fields keeps its private ones as they are written, which is shorter.
 * @throws {Error} A decorator that it does not know.
 */
export function replaceDecorators(code: string, id: string, initials = false): { code: string; map: string } {
  const edited = new MagicString(code);
  const source = (node: Node) => code.slice(node.start, node.end);

  const program = parseAst(code, { lang: 'ts' }) as unknown as Program;
  for (const statement of program.body) {
    if (statement.source?.value === 'lit/decorators.js') edited.remove(statement.start, statement.end);
  }
  for (const body of classBodies(program)) {
    const properties: string[] = [];
    for (const member of body.body) {
      for (const decorator of member.decorators ?? []) {
        const name = member.key?.name;
        const { callee, arguments: [options] = [] } = decorator.expression;
        if (!name || member.static) throw new Error(`${id}: ${source(decorator)} decorates no plain member`);
        if (callee?.name === 'property') {
          const given = options ? source(options) : '{}';
          const isField = initials && member.type === 'PropertyDefinition';
          const initial = isField && member.value && source(member.value);
          properties.push(
            `${name}: ${initial && initial !== 'false' ? `{ ...${given}, initial: ${initial} }` : given}`,
          );
          if (isField) edited.remove(decorator.end, member.end);
        } else if (callee?.name === 'state') {
          properties.push(`${name}: { ${options ? `...${source(options)}, ` : ''}state: true }`);
        } else if (callee?.name === 'query' && options) {
          edited.update(
            decorator.end,
            member.end,
            ` get ${name}() { return this.shadowRoot?.querySelector(${source(options)}) ?? null; }`,
          );
        } else {
          throw new Error(`${id}: expected @property, @state or @query, got ${source(decorator)}`);
        }
        edited.remove(decorator.start, decorator.end);
      }
    }
    if (properties.length)
      edited.appendLeft(body.start + 1, ` static properties = { ${properties.join(', ')} };`);
  }
  return { code: edited.toString(), map: edited.generateMap({ source: id, hires: true }).toString() };
}

function* classBodies(node: Node): Generator<Node & { body: Member[] }> {
  if (node.type === 'ClassBody') yield node as Node & { body: Member[] };
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child === 'object' && 'type' in child) yield* classBodies(child as Node);
    }
  }
}
