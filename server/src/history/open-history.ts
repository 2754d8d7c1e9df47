import type { Logger } from 'pino';
import { DEFAULT_HISTORY } from '../options/option-table.ts';
import type { Settings } from '../options/settings.ts';
import type { History } from './history.ts';
import { MemoryHistory } from './memory-history.ts';
import { HistoryFileError, SqliteHistory } from './sqlite-history.ts';

/**
 * Opens what the option `history` names.
 *
 * @throws {HistoryFileError} The file that was asked for cannot be used. Where nobody asked for one, the history is in
 * memory then, and the log says so.
 */
export function openHistory({ history, retention }: Settings, log: Logger, now: () => number): History {
  if (history === 'memory') return new MemoryHistory(retention, now);
  try {
    return new SqliteHistory(history.slice('sqlite:'.length), retention, now);
  } catch (error) {
    if (!(error instanceof HistoryFileError) || history !== DEFAULT_HISTORY) throw error;
    log.warn(`history: ${error.message}; what is published is kept in memory. --history says where instead`);
    return new MemoryHistory(retention, now);
  }
}
