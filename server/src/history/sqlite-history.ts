import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Position } from '../../../protocol/src/position.ts';
import { type Bounds, type Entry, type History, KEY_LIFE, type Known } from './history.ts';
import { newEpoch } from './new-epoch.ts';
import { type Retention, type RetentionRule, retentionOf } from './retention.ts';
import { takeWithin } from './take-within.ts';

/** "wsel" and the version of the schema below, so that no other database is taken for one. */
const APPLICATION_ID = 0x7773656c;
const SCHEMA_VERSION = 1;

/**
 * `below` counts the bytes of the frames before one, from the channel's beginning, so that "the last N bytes" is a
 * place in the numbering as "the last N publications" is. A key is loose once its publication is no longer kept.
 */
const SCHEMA = `
  CREATE TABLE life (epoch TEXT NOT NULL) STRICT;
  CREATE TABLE channels (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    last INTEGER NOT NULL,
    upto INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE publications (
    channel INTEGER NOT NULL,
    number INTEGER NOT NULL,
    time INTEGER NOT NULL,
    below INTEGER NOT NULL,
    key TEXT,
    text TEXT NOT NULL,
    PRIMARY KEY (channel, number)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE keys (
    key TEXT PRIMARY KEY,
    channel INTEGER NOT NULL,
    number INTEGER NOT NULL,
    time INTEGER NOT NULL,
    is_loose INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX loose_keys ON keys (time) WHERE is_loose;
`;

/** Channels whose row is at hand. */
const MAX_OPEN = 10_000;
/** Channels that one sweep looks at, so that none takes long. */
const SWEEP_CHANNELS = 50;

interface OpenChannel {
  /** 0: nothing was ever published there. */
  id: number;
  offset: number;
  upto: number;
  retention: Retention;
  /** Something was appended since it was last trimmed. */
  isGrown: boolean;
}

interface Row {
  number: number;
  time: number;
  text: string;
}

/** The file is not one that this server can use. */
export class HistoryFileError extends Error {
  override readonly name = 'HistoryFileError';
  /** Another server has it. */
  readonly isLocked: boolean;

  constructor(message: string, isLocked = false) {
    super(message);
    this.isLocked = isLocked;
  }
}

/** A history in one SQLite file. What was appended is on the disk, whatever ends the process or the machine. */
export class SqliteHistory implements History {
  readonly isDurable = true;
  readonly #database: DatabaseSync;
  readonly #rules: readonly RetentionRule[];
  readonly #now: () => number;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #open = new Map<string, OpenChannel>();
  readonly #epoch: string;
  /** Where the round of all channels stands, of which the silent ones too grow too old. */
  #round = 0;

  /**
   * Opens or makes the file; this process alone has it from then on.
   *
   * @param now ms since 1970.
   * @throws {HistoryFileError} It cannot be opened or written, is no such database, or another server has it.
   */
  constructor(file: string, rules: readonly RetentionRule[], now: () => number) {
    this.#rules = rules;
    this.#now = now;
    this.#database = openDatabase(file);
    this.#statements = prepare(this.#database);
    this.#epoch = (this.#statements.life.get() as { epoch: string }).epoch;
  }

  position(channel: string): Position {
    return { epoch: this.#epoch, offset: this.#channel(channel).offset };
  }

  append(entries: readonly Entry[]): void {
    const { insertChannel, insertPublication, updateChannel, insertKey } = this.#statements;
    const grown = new Map<OpenChannel, { offset: number; upto: number }>();
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const { channel: name, offset, time, text, bytes, key } of entries) {
        const channel = this.#channel(name);
        if (channel.id === 0) channel.id = Number(insertChannel.run(name).lastInsertRowid);
        const below = grown.get(channel)?.upto ?? channel.upto;
        grown.set(channel, { offset, upto: below + bytes });
        insertPublication.run(channel.id, offset, time, below, key ?? null, text);
        if (key !== undefined) insertKey.run(key, channel.id, offset, time);
      }
      for (const [{ id }, { offset, upto }] of grown) updateChannel.run(offset, upto, id);
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#rollBack();
      throw error;
    }
    for (const [channel, now] of grown) Object.assign(channel, now, { isGrown: true });
  }

  after(name: string, offset: number, bounds: Bounds): Entry[] | undefined {
    const channel = this.#channel(name);
    if (offset > channel.offset) return undefined;
    if (offset === channel.offset) return [];
    if (offset < this.#first(channel) - 1) return undefined;
    const rows = this.#statements.after.all(channel.id, offset, bounds.count) as unknown as Row[];
    return takeWithin(
      rows.map((row) => toEntry(name, row)),
      0,
      bounds,
    );
  }

  before(name: string, offset: number, bounds: Bounds): { entries: Entry[]; more: boolean } {
    const channel = this.#channel(name);
    const first = this.#first(channel);
    const rows = this.#statements.before.all(channel.id, first, offset, bounds.count) as unknown as Row[];
    const entries = takeWithin(
      rows.map((row) => toEntry(name, row)),
      0,
      bounds,
    ).reverse();
    return { entries, more: (entries[0]?.offset ?? first) > first };
  }

  find(key: string): Known | undefined {
    const row = this.#statements.find.get(key) as Omit<Known, 'epoch'> | undefined;
    return row && { ...row, epoch: this.#epoch };
  }

  /** Trims the channels that grew and some of the others, and forgets the keys whose time is over. */
  sweep(now: number): void {
    const names = new Set<string>();
    for (const [name, channel] of this.#open) {
      if (names.size >= SWEEP_CHANNELS) break;
      if (channel.isGrown) names.add(name);
    }
    const some = this.#statements.round.all(this.#round, SWEEP_CHANNELS) as { id: number; name: string }[];
    for (const { name } of some) names.add(name);
    this.#round = some.length < SWEEP_CHANNELS ? 0 : (some.at(-1)?.id ?? 0);
    this.#database.exec('BEGIN');
    try {
      for (const name of names) this.#trim(name);
      this.#statements.forgetKeys.run(now - KEY_LIFE);
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#rollBack();
      throw error;
    }
    for (const name of this.#open.keys()) {
      if (this.#open.size <= MAX_OPEN) break;
      this.#open.delete(name);
    }
  }

  /** Never: positions are kept for good. */
  forget(): boolean {
    return false;
  }

  close(): void {
    this.#database.close();
  }

  #channel(name: string): OpenChannel {
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const row = this.#statements.channel.get(name) as { id: number; last: number; upto: number } | undefined;
    const channel: OpenChannel = {
      id: row?.id ?? 0,
      offset: row?.last ?? 0,
      upto: row?.upto ?? 0,
      retention: retentionOf(name, this.#rules),
      isGrown: false,
    };
    this.#open.set(name, channel);
    return channel;
  }

  /** Offset of the oldest that is kept; one above the last if none is. */
  #first({ id, offset, upto, retention }: OpenChannel): number {
    const { count, age, bytes } = retention;
    const row = this.#statements.first.get(id, offset - count, upto - bytes, this.#now() - age) as
      | { number: number }
      | undefined;
    return row?.number ?? offset + 1;
  }

  #trim(name: string): void {
    const channel = this.#channel(name);
    const first = this.#first(channel);
    this.#statements.loosen.run(channel.id, first);
    this.#statements.trim.run(channel.id, first);
    channel.isGrown = false;
  }

  #rollBack(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {
      // SQLite has rolled back by itself, as it does where the disk is full.
    }
    // What was read of rows that were made in it is no longer so.
    this.#open.clear();
  }
}

function toEntry(channel: string, { number, time, text }: Row): Entry {
  return { channel, offset: number, time, text, bytes: Buffer.byteLength(text) };
}

function openDatabase(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    makeFolder(dirname(resolve(file)));
    checkWritable(file);
    const { DatabaseSync } = loadSqlite();
    database = new DatabaseSync(file);
    // First of all: whoever comes second is told so at once, not at the first write.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    const { application_id: application } = database.prepare('PRAGMA application_id').get() as never;
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as never;
    const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as never;
    if (tables === 0) {
      database.exec(
        `BEGIN IMMEDIATE; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; ${SCHEMA} INSERT INTO life VALUES ('${newEpoch()}'); COMMIT;`,
      );
    } else if (application !== APPLICATION_ID) {
      throw new HistoryFileError(`${file} is a database of something else`);
    } else if (version !== SCHEMA_VERSION) {
      throw new HistoryFileError(
        `${file} was written by another version (${version}, not ${SCHEMA_VERSION})`,
      );
    }
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof HistoryFileError) throw error;
    const { message } = error as Error;
    if (/locked/.test(message)) throw new HistoryFileError(`${file} is in use by another server`, true);
    throw new HistoryFileError(
      /not a database|malformed/.test(message)
        ? `${file} is damaged, or something else (${message}): move it away, and a new history begins`
        : `${file}: ${message}`,
    );
  }
}

/** One folder after the other: Node's `recursive` never returns where the file system takes none, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** SQLite calls it a disk I/O error, or opens the file and fails at the first write. */
function checkWritable(file: string): void {
  for (const path of [dirname(resolve(file)), file]) {
    try {
      if (existsSync(path)) accessSync(path, constants.W_OK);
    } catch (error) {
      throw new HistoryFileError(`${path} cannot be written (${(error as NodeJS.ErrnoException).code})`);
    }
  }
}

/** Node calls its SQLite experimental at every start; that is said once, in the README. */
function loadSqlite(): typeof import('node:sqlite') {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}

function prepare(database: DatabaseSync) {
  const statement = (sql: string): StatementSync => database.prepare(sql);
  return {
    life: statement('SELECT epoch FROM life'),
    channel: statement('SELECT id, last, upto FROM channels WHERE name = ?'),
    round: statement('SELECT id, name FROM channels WHERE id > ? ORDER BY id LIMIT ?'),
    insertChannel: statement('INSERT INTO channels (name, last, upto) VALUES (?, 0, 0)'),
    updateChannel: statement('UPDATE channels SET last = ?, upto = ? WHERE id = ?'),
    insertPublication: statement(
      'INSERT INTO publications (channel, number, time, below, key, text) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    insertKey: statement('INSERT OR REPLACE INTO keys (key, channel, number, time) VALUES (?, ?, ?, ?)'),
    first: statement(
      'SELECT number FROM publications WHERE channel = ? AND number > ? AND below >= ? AND time > ? ORDER BY number LIMIT 1',
    ),
    after: statement(
      'SELECT number, time, text FROM publications WHERE channel = ? AND number > ? ORDER BY number LIMIT ?',
    ),
    before: statement(
      'SELECT number, time, text FROM publications WHERE channel = ? AND number >= ? AND number < ? ORDER BY number DESC LIMIT ?',
    ),
    find: statement(
      'SELECT name AS channel, number AS offset, time FROM keys JOIN channels ON channels.id = keys.channel WHERE key = ?',
    ),
    loosen: statement(
      'UPDATE keys SET is_loose = 1 WHERE number < ?2 AND key IN (SELECT key FROM publications WHERE channel = ?1 AND number < ?2 AND key IS NOT NULL)',
    ),
    trim: statement('DELETE FROM publications WHERE channel = ? AND number < ?'),
    forgetKeys: statement('DELETE FROM keys WHERE is_loose AND time < ?'),
  };
}
