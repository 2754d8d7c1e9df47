import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { SqliteHistory } from './sqlite-history.ts';

const folder = mkdtempSync(join(tmpdir(), 'ws-sqlite-'));
after(() => rmSync(folder, { recursive: true }));

const ALL = { count: 1000, bytes: 1_000_000 };
const open = (name: string) => new SqliteHistory(join(folder, name), [], () => 1000);
const entry = (offset: number, key?: string) => ({
  channel: 'a',
  offset,
  time: 1000,
  text: '{}',
  bytes: 2,
  key,
});

describe('the history in a file', () => {
  it('goes on where it was, with its epoch, its publications and its keys', () => {
    const first = open('on.sqlite');
    const { epoch } = first.position('a');
    first.append([entry(1), entry(2, 'k')]);
    first.close();
    const second = open('on.sqlite');
    assert.deepEqual(second.position('a'), { epoch, offset: 2 });
    assert.equal(second.position('new').epoch, epoch);
    assert.equal(second.after('a', 0, ALL)?.length, 2);
    assert.equal(second.find('k')?.offset, 2);
    second.close();
  });

  it('has another epoch when the file is a new one', () => {
    const [first, second] = [open('1.sqlite'), open('2.sqlite')];
    assert.notEqual(first.position('a').epoch, second.position('a').epoch);
    first.close();
    second.close();
  });

  it('makes the folders that it needs', () => {
    open('some/where/x.sqlite').close();
  });

  it('appends all or nothing', () => {
    const history = open('atomic.sqlite');
    history.append([entry(1)]);
    assert.throws(() => history.append([entry(2), { ...entry(1), channel: 'new' }, entry(1)]));
    assert.equal(history.position('a').offset, 1);
    assert.equal(history.position('new').offset, 0);
    history.append([entry(2), { ...entry(1), channel: 'new' }]);
    assert.equal(history.after('a', 0, ALL)?.length, 2);
    assert.equal(history.after('new', 0, ALL)?.length, 1);
    history.close();
  });

  it('is one server’s alone', () => {
    const history = open('mine.sqlite');
    assert.throws(() => open('mine.sqlite'), {
      name: 'HistoryFileError',
      isLocked: true,
      message: /in use by another server/,
    });
    history.close();
    open('mine.sqlite').close();
  });

  it('is refused where the file is something else, and left as it is', () => {
    writeFileSync(join(folder, 'text.sqlite'), 'Dear diary, '.repeat(100));
    assert.throws(() => open('text.sqlite'), {
      name: 'HistoryFileError',
      message: /text\.sqlite.*not a database.*move it away/,
    });
    assert.throws(() => open('.'), { name: 'HistoryFileError' });
  });

  it('is refused where a part of the file is lost, with what to do', () => {
    const history = open('whole.sqlite');
    history.append([entry(1)]);
    history.close();
    copyFileSync(join(folder, 'whole.sqlite'), join(folder, 'half.sqlite'));
    truncateSync(join(folder, 'half.sqlite'), 5000);
    assert.throws(() => open('half.sqlite'), {
      name: 'HistoryFileError',
      message: /half\.sqlite is damaged.*move it away/,
    });
  });

  // `root` writes what is read-only to others, so the one that no one may write is the kernel's.
  it('is refused where nothing can be made, at once', { skip: process.platform !== 'linux' }, () => {
    assert.throws(() => new SqliteHistory('/proc/nowhere/at/all.sqlite', [], () => 1000), {
      name: 'HistoryFileError',
      message: /\/proc\/nowhere/,
    });
  });

  it('is refused where the file is read-only', { skip: process.getuid?.() === 0 }, () => {
    open('fixed.sqlite').close();
    chmodSync(join(folder, 'fixed.sqlite'), 0o400);
    assert.throws(() => open('fixed.sqlite'), {
      name: 'HistoryFileError',
      message: /fixed\.sqlite cannot be written \(EACCES\)/,
    });
  });

  it('says nothing of what Node thinks of its SQLite', async () => {
    const warnings: Error[] = [];
    const hear = (warning: Error) => warnings.push(warning);
    process.on('warning', hear);
    open('quiet.sqlite').close();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', hear);
    assert.deepEqual(warnings, []);
  });
});
