import { expect } from '@open-wc/testing';
import { addRow, continues, findSent, KEPT, type Row, SHOWN } from './transcript.ts';

const at = (seconds: number) => new Date(1_700_000_000_000 + 1000 * seconds);
const row = (text: string, more: Partial<Row> = {}): Row => ({ text, time: at(0), ...more });
const texts = (rows: readonly Row[]) => rows.map(({ text }) => text);

describe('addRow', () => {
  it('adds at the end', () => {
    const rows = [row('a')];
    addRow(rows, row('b'), true);
    expect(texts(rows)).to.deep.equal(['a', 'b']);
  });

  it('keeps what the server has not taken yet last, in its order', () => {
    const rows: Row[] = [];
    addRow(rows, row('mine 1', { state: 'pending' }), true);
    addRow(rows, row('mine 2', { state: 'pending' }), true);
    addRow(rows, row('theirs'), true);
    expect(texts(rows)).to.deep.equal(['theirs', 'mine 1', 'mine 2']);
  });

  it('leaves what failed where it is', () => {
    const rows = [row('failed', { state: 'failed' })];
    addRow(rows, row('theirs'), true);
    expect(texts(rows)).to.deep.equal(['failed', 'theirs']);
  });

  it('lets a note take the place of one on the same topic, unless something stands between', () => {
    const rows: Row[] = [];
    addRow(rows, row('Ana left', { topic: 'user:ana' }), true);
    addRow(rows, row('Ana joined', { topic: 'user:ana' }), true);
    addRow(rows, row('Hi'), true);
    addRow(rows, row('Ana left', { topic: 'user:ana' }), true);
    expect(texts(rows)).to.deep.equal(['Ana joined', 'Hi', 'Ana left']);
  });

  it('lets the oldest go while the reader is at the end', () => {
    const rows: Row[] = [];
    for (let i = 0; i < 10_000; i++) addRow(rows, row(`${i}`), true);
    expect(rows.length).to.be.within(KEPT, KEPT + 100);
    expect(texts(rows)).to.deep.equal(Array.from(rows, (_, i) => `${10_000 - rows.length + i}`));
  });

  it('takes nothing that a reader further up can see, and keeps the newest', () => {
    const rows: Row[] = [];
    for (let i = 0; i < 10_000; i++) addRow(rows, row(`${i}`), false);
    expect(texts(rows.slice(0, SHOWN))).to.deep.equal(Array.from({ length: SHOWN }, (_, i) => `${i}`));
    expect(texts(rows.slice(-KEPT))).to.deep.equal(Array.from({ length: KEPT }, (_, i) => `${9500 + i}`));
    expect(rows.length).to.be.at.most(SHOWN + KEPT + 100);
  });
});

describe('findSent', () => {
  it('finds a message by its id', () => {
    const rows = [row('Hi', { id: 'a' }), row('Hi', { id: 'b' })];
    expect(findSent(rows, row('Hi'), 'b')).to.equal(rows[1]);
    expect(findSent(rows, row('Hi'), 'c')).to.equal(undefined);
  });

  it("finds the oldest of one's own with the same text where the server knows no ids", () => {
    const rows = [row('Hi'), row('Hi', { id: 'b' }), row('Hi', { id: 'c' })];
    expect(findSent(rows, row('Hi', { own: true }), undefined)).to.equal(rows[1]);
    expect(findSent(rows, row('Hi'), undefined)).to.equal(undefined);
  });

  it('does not find one whose publication has come', () => {
    expect(findSent([row('Hi', { own: true })], row('Hi', { own: true }), undefined)).to.equal(undefined);
  });
});

describe('continues', () => {
  it('groups what one sender wrote within five minutes', () => {
    const first = row('a', { sender: 'user:ana' });
    expect(continues(row('b', { sender: 'user:ana', time: at(299) }), first)).to.equal(true);
    expect(continues(row('b', { sender: 'user:ana', time: at(300) }), first)).to.equal(false);
    expect(continues(row('b', { sender: 'user:ben' }), first)).to.equal(false);
    expect(continues(first, undefined)).to.equal(false);
  });
});
