/**
 * Writes `dist/types/`: declarations that need nothing but Lit's. The protocol's types come from schemas; here they
 * are written out, so that no page has to install the schema library for them.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { API, NodeBuilderFlags } from 'typescript/unstable/sync';

const root = fileURLToPath(new URL('../../', import.meta.url));
const types = join(root, 'dist', 'types');
const protocolIndex = join('protocol', 'src', 'index');

/** @throws {Error} The sources, or the declarations made from them, have type errors. */
export function writeTypes(): void {
  tsc('-p', 'tsconfig.types.json');
  writeOutProtocolTypes();
  for (const file of globSync('**/*.d.ts', { cwd: types })) {
    const path = join(types, file);
    const text = readFileSync(path, 'utf8');
    if (text.includes("from 'valibot'")) rmSync(path);
    else writeFileSync(path, text.replaceAll(/(from |import\()(['"])(\.[^'"]*)\.ts\2/g, '$1$2$3.js$2'));
  }
  checkTypes('src/index.d.ts', 'src/elements/*/define.d.ts');
}

/**
 * Compiles declarations of `dist/types/` as a consumer with the strictest settings sees them.
 *
 * @throws {Error} They have type errors.
 */
export function checkTypes(...patterns: string[]): void {
  const files = globSync(patterns, { cwd: types }).map((file) => join(types, file));
  tsc(
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--types',
    '',
    ...files,
  );
}

/** Replaces the protocol's index by what the declarations use of it. */
function writeOutProtocolTypes(): void {
  const used = new Set<string>();
  for (const file of globSync('src/**/*.d.ts', { cwd: types })) {
    const text = readFileSync(join(types, file), 'utf8');
    for (const [, names = ''] of text.matchAll(
      /import (?:type )?\{([^}]*)\} from '[./]*protocol\/src\/index\.ts'/g,
    )) {
      for (const name of names.split(',')) used.add(name.trim().split(' ')[0] ?? '');
    }
  }
  const api = new API({ cwd: root });
  try {
    const [project] = api.updateSnapshot({ openProject: join(root, 'tsconfig.json') }).getProjects();
    const checker = project?.checker;
    const index = project?.program.getSourceFile(join(root, `${protocolIndex}.ts`));
    const module = index && checker?.getSymbolAtLocation(index);
    if (!checker || !module) throw new Error(`${protocolIndex}.ts: not a module of tsconfig.json`);
    const flags =
      NodeBuilderFlags.NoTruncation | NodeBuilderFlags.InTypeAlias | NodeBuilderFlags.MultilineObjectLiterals;
    const declarations = checker
      .getExportsOfModule(module)
      .filter(({ name }) => used.delete(name))
      .map((symbol) => {
        const type = checker.typeToString(checker.getDeclaredTypeOfSymbol(symbol), undefined, flags);
        return `export type ${symbol.name} = ${type};\n`;
      });
    if (used.size) throw new Error(`${protocolIndex}.ts: exports no ${[...used].join(', ')}`);
    writeFileSync(join(types, `${protocolIndex}.d.ts`), declarations.join(''));
  } finally {
    api.close();
  }
}

function tsc(...args: string[]): void {
  const path = fileURLToPath(import.meta.resolve('typescript/package.json'));
  const { status, stdout } = spawnSync(process.execPath, [join(path, '..', 'bin', 'tsc'), ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`tsc ${args.join(' ')}\n${stdout}`);
}
