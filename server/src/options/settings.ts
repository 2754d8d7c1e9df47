/**
 * From options as they were given to settings that are complete and valid.
 */
import type { RetentionRule } from '../history/retention.ts';
import type { Limits, ServerOptions } from '../types.ts';
import { OptionError } from './option-error.ts';
import { type OptionRow, optionTable } from './option-table.ts';

/** Every option with its value or default. */
export interface Settings {
  port: number;
  host?: string;
  secret?: string;
  apiKey?: string;
  origins: string[];
  anonymous: boolean;
  anonymousRead: string[];
  anonymousWrite: string[];
  defaultChannel: string;
  debug: boolean;
  heartbeat: number;
  history: string;
  retention: RetentionRule[];
  trustProxy: string[];
  limits: Limits;
}

/** How a value that is not accepted is told: of a secret only its length, of anything long its beginning. */
function describe(row: OptionRow, value: unknown): string {
  if (row.secret) return typeof value === 'string' ? `${Buffer.byteLength(value)} bytes` : typeof value;
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/**
 * One option's value.
 *
 * @param name What the user wrote: `--port`, `WS_PORT`, `port in config.json`.
 * @throws {OptionError} It is not of the option's kind.
 */
export function readOption(row: OptionRow, name: string, value: unknown): unknown {
  const read = row.kind.read(value);
  if (read === undefined) {
    throw new OptionError(`${name}: expected ${row.kind.expected}, got ${describe(row, value)}`);
  }
  return read;
}

/**
 * Options of `createServer`, validated and completed.
 *
 * @throws {OptionError} One is wrong, unknown, or neither `secret` nor `anonymous` is set.
 */
export function completeOptions(options: ServerOptions): Settings {
  const { logger: _logger, now: _now, limits = {}, ...own } = options;
  if (typeof limits !== 'object' || limits === null) throw new OptionError('limits: expected an object');
  const flat = new Map<string, unknown>(Object.entries(own));
  for (const [name, value] of Object.entries(limits)) flat.set(`limits.${name}`, value);
  return completeValues(flat, (row) => row.key);
}

/**
 * Values by key, validated and completed.
 *
 * @param nameOf What the user calls the option.
 */
export function completeValues(
  values: ReadonlyMap<string, unknown>,
  nameOf: (row: OptionRow) => string,
): Settings {
  const rows = new Map(optionTable.map((row) => [row.key, row]));
  for (const key of values.keys()) {
    if (!rows.has(key)) throw new OptionError(`${key}: no such option`);
  }
  const settings: Record<string, unknown> = {};
  const limits: Record<string, unknown> = {};
  for (const row of optionTable) {
    const given = values.get(row.key);
    const value = given === undefined ? row.default : readOption(row, nameOf(row), given);
    if (row.key.startsWith('limits.')) limits[row.key.slice('limits.'.length)] = value;
    else settings[row.key] = value;
  }
  if (settings.secret === undefined && settings.anonymous !== true) {
    throw new OptionError(
      'neither secret nor anonymous is set: give a secret of at least 32 bytes by WS_SECRET (or --secret-file FILE) for clients with tokens, or --anonymous to let in everyone',
    );
  }
  const row = rows.get('limits.publication');
  if (row && values.has(row.key)) checkRoom(limits as unknown as Limits, nameOf(row));
  return { ...settings, limits } as unknown as Settings;
}

/** A publication that may not wait for anybody would cut off all its readers, and again whenever they recover it. */
function checkRoom({ publication, queued }: Limits, name: string): void {
  if (publication <= queued / 2) return;
  throw new OptionError(
    `${name}: expected at most half of limits.queued (${queued}, --limit-queued), which is what may wait for a reader, got ${publication}`,
  );
}
