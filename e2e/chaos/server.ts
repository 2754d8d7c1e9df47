/**
 * The server of a run, in a process of its own that is killed. Its first argument has its options as JSON, the second
 * what is switched off in it, if anything. It tells its port to its parent, and ends with it.
 */
import { pino } from 'pino';
import { SqliteHistory } from '../../server/src/history/sqlite-history.ts';
import { createServer } from '../../server/src/index.ts';

/** How late what was answered is kept where that is not one step, ms. */
const LATE = 1000;

const [, , options = '{}', off] = process.argv;
if (off === 'dedupe') forgetKeys();
if (off === 'atomic') answerFirst();

// What it says is what should not be.
const server = createServer({ ...JSON.parse(options), logger: pino({ level: 'error', base: undefined }) });
const { port } = await server.listen();
process.on('disconnect', () => process.exit());
process.send?.(port);

/** Nothing that comes again is known. */
function forgetKeys(): void {
  SqliteHistory.prototype.find = () => undefined;
}

/** What is published is answered and delivered at once, and kept a little later. */
function answerFirst(): void {
  const { prototype } = SqliteHistory;
  const { append, after, before, find } = prototype;
  let late: Parameters<typeof append>[0][number][] = [];
  const keep = (history: SqliteHistory) => {
    const entries = late;
    late = [];
    if (entries.length > 0) append.call(history, entries);
  };
  prototype.append = function (entries) {
    if (late.length === 0) setTimeout(keep, LATE, this);
    late.push(...entries);
  };
  prototype.find = function (key) {
    const entry = late.find((each) => each.key === key);
    return entry ? { ...entry, ...this.position(entry.channel), offset: entry.offset } : find.call(this, key);
  };
  // Whoever asks for publications finds them kept.
  prototype.after = function (...args) {
    keep(this);
    return after.apply(this, args);
  };
  prototype.before = function (...args) {
    keep(this);
    return before.apply(this, args);
  };
}
