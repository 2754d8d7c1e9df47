/**
 * Where options come from: flags before environment before a JSON file. Whatever is wrong is told by the name that the
 * user wrote.
 */
import { dirname, resolve } from 'node:path';
import { OptionError } from './option-error.ts';
import { flagOf, type OptionRow, optionTable, variableOf } from './option-table.ts';
import { completeValues, type Settings } from './settings.ts';

export interface Sources {
  /** Arguments behind `node` and the script. */
  argv: readonly string[];
  env: { readonly [name: string]: string | undefined };
  /** Reads a text file; throws where it cannot. */
  readFile(path: string): string;
  /** Told what is odd but does no harm. */
  warn(message: string): void;
}

export type Command = { action: 'help' | 'version' } | { action: 'serve'; settings: Settings };

/** An option, or the file that a secret one stands in. */
interface Slot {
  row: OptionRow;
  inFile: boolean;
}

/** What one source has for an option, under the name that the user wrote. */
interface Given {
  name: string;
  value: unknown;
}

type GivenByKey = Map<string, Given>;

/** The JSON file, and what the user named it by. */
interface ConfigPath {
  name: '--config' | 'WS_CONFIG';
  path: string;
}

/**
 * Reads flags, environment and file.
 *
 * @throws {OptionError} Something is wrong, or unknown.
 */
export function readCommandLine(sources: Sources): Command {
  const flags = readFlags(sources);
  if (typeof flags === 'string') return { action: flags };
  const environment = readEnvironment(sources);
  const config = flags.config ?? environment.config;
  const file: GivenByKey = config === undefined ? new Map() : readConfig(config, sources);
  const given = new Map([...file, ...environment.given, ...flags.given]);
  const values = new Map(Array.from(given, ([key, { value }]) => [key, value]));
  return { action: 'serve', settings: completeValues(values, (row) => given.get(row.key)?.name ?? row.key) };
}

/** Every name that a source knows, those of secret files among them. */
function slotsBy(nameOf: (row: OptionRow) => string, fileSuffix: string): Map<string, Slot> {
  const slots = new Map<string, Slot>();
  for (const row of optionTable) {
    slots.set(nameOf(row), { row, inFile: false });
    if (row.secret) slots.set(`${nameOf(row)}${fileSuffix}`, { row, inFile: true });
  }
  return slots;
}

function put(
  given: GivenByKey,
  slot: Slot,
  name: string,
  value: unknown,
  sources: Sources,
  folder = '.',
): void {
  const { row, inFile } = slot;
  const before = given.get(row.key);
  if (before && before.name !== name) {
    throw new OptionError(`${name}: expected one of ${before.name} and ${name}, got both`);
  }
  const read = inFile ? readSecret(name, value, sources, folder) : value;
  // A list's flag may be repeated; any other's last word counts.
  const all = before && row.kind.list ? `${before.value},${read}` : read;
  given.set(row.key, { name, value: all });
}

function readSecret(name: string, path: unknown, sources: Sources, folder: string): string {
  if (typeof path !== 'string' || path === '') throw new OptionError(`${name}: expected a path, got nothing`);
  // The line break that every editor writes at the end is no part of it.
  return readText(name, resolve(folder, path), sources).replace(/\r?\n$/, '');
}

function readText(name: string, path: string, sources: Sources): string {
  try {
    // Some editors begin a file with a byte order mark, which is no part of what it says.
    return sources.readFile(path).replace(/^\uFEFF/, '');
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw new OptionError(`${name}: expected a file that can be read, got "${path}" (${code})`);
  }
}

function readFlags(sources: Sources): 'help' | 'version' | { given: GivenByKey; config?: ConfigPath } {
  const slots = slotsBy((row) => `--${flagOf(row)}`, '-file');
  const given: GivenByKey = new Map();
  let config: ConfigPath | undefined;
  const rest = [...sources.argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '--help' || argument === '-h') return 'help';
    if (argument === '--version' || argument === '-v') return 'version';
    const equals = argument.indexOf('=');
    const name = equals < 0 ? argument : argument.slice(0, equals);
    const slot = slots.get(name);
    if (!slot && name !== '--config') {
      const shown = name.startsWith('-') ? name : 'an argument that is no option';
      throw new OptionError(`${shown}: no such option; --help lists them all`);
    }
    const needsValue = slot?.inFile || slot?.row.kind.placeholder !== undefined || name === '--config';
    let value: string | undefined = equals < 0 ? undefined : argument.slice(equals + 1);
    // Nothing stands by itself on this line, so what follows is the flag's: `--anonymous false` too.
    const follows = rest[0] !== undefined && !rest[0].startsWith(needsValue ? '--' : '-');
    if (value === undefined && follows) value = rest.shift();
    if (value === undefined && !needsValue) value = 'true';
    if (value === undefined) {
      const expected = slot && !slot.inFile ? slot.row.kind.expected : 'a path';
      throw new OptionError(`${name}: expected ${expected}, got nothing`);
    }
    if (slot) put(given, slot, name, value, sources);
    else config = { name: '--config', path: value };
  }
  return { given, config };
}

function readEnvironment(sources: Sources): { given: GivenByKey; config?: ConfigPath } {
  const slots = slotsBy(variableOf, '_FILE');
  const given: GivenByKey = new Map();
  let config: ConfigPath | undefined;
  for (const [name, value] of Object.entries(sources.env)) {
    // Set but empty is how containers say "not set".
    if (!name.startsWith('WS_') || value === undefined || value === '') continue;
    const slot = slots.get(name);
    if (slot) put(given, slot, name, value, sources);
    else if (name === 'WS_CONFIG') config = { name, path: value };
    else sources.warn(`${name}: no such option, ignored; --help lists them all`);
  }
  return { given, config };
}

function readConfig({ name, path }: ConfigPath, sources: Sources): GivenByKey {
  let config: unknown;
  const text = readText(name, path, sources);
  try {
    config = JSON.parse(text);
  } catch {
    // Without the parser's own words: they quote the file, and there may be secrets in it.
    throw new OptionError(`${path}: expected a JSON object, got what is no JSON`);
  }
  if (!isObject(config)) throw new OptionError(`${path}: expected a JSON object`);
  // Its own name, and the flag's in the file's spelling: `origins` and `origin`, `limits.frame` and `limitFrame`.
  const slots = new Map([...slotsBy(camelCaseFlag, 'File'), ...slotsBy((row) => row.key, 'File')]);
  const given: GivenByKey = new Map();
  for (const [key, value] of flatten(config, path)) {
    const slot = slots.get(key);
    if (!slot) throw new OptionError(`${key} in ${path}: no such option`);
    put(given, slot, `${key} in ${path}`, value, sources, dirname(path));
  }
  return given;
}

function camelCaseFlag(row: OptionRow): string {
  return flagOf(row).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function* flatten(config: object, path: string): Iterable<[string, unknown]> {
  for (const [key, value] of Object.entries(config)) {
    if (key !== 'limits') {
      yield [key, value];
    } else if (isObject(value)) {
      for (const [name, limit] of Object.entries(value)) yield [`limits.${name}`, limit];
    } else {
      throw new OptionError(`limits in ${path}: expected a JSON object`);
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
