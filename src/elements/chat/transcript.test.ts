import { expect } from '@open-wc/testing';
import { addRow, findSent, KEPT, placeOf, type Row, SHOWN } from './transcript.ts';

const at = (seconds: number) => new Date(1_700_000_000_000 + 1000 * seconds);
const row = (text: string, more: Partial<Row> = {}): Row => ({ text, time: at(0), ...more });
const texts = (rows: readonly Row[]) => rows.map(({ text }) => text);

describe('addRow', () => {
  it('adds at the end', () => {
    const rows = [row('a')];
    addRow(rows, row('b'));
    expect(texts(rows)).to.deep.equal(['a', 'b']);
  });

  it('keeps what the server has not taken yet last, in its order', () => {
    const rows: Row[] = [];
    addRow(rows, row('mine 1', { state: 'pending' }));
    addRow(rows, row('mine 2', { state: 'pending' }));
    addRow(rows, row('theirs'));
    expect(texts(rows)).to.deep.equal(['theirs', 'mine 1', 'mine 2']);
  });

  it('leaves what failed where it is', () => {
    const rows = [row('failed', { state: 'failed' })];
    addRow(rows, row('theirs'));
    expect(texts(rows)).to.deep.equal(['failed', 'theirs']);
  });

  it('lets a note take the place of one on the same topic, unless something stands between', () => {
    const rows: Row[] = [];
    addRow(rows, row('Ana left', { topic: 'user:ana' }));
    addRow(rows, row('Ana joined', { topic: 'user:ana' }));
    addRow(rows, row('Hi'));
    addRow(rows, row('Ana left', { topic: 'user:ana' }));
    expect(texts(rows)).to.deep.equal(['Ana joined', 'Hi', 'Ana left']);
  });

  it('lets the oldest go while the reader is at the end', () => {
    const rows: Row[] = [];
    for (let i = 0; i < 10_000; i++) addRow(rows, row(`${i}`));
    expect(rows.length).to.be.within(SHOWN, SHOWN + 100);
    expect(texts(rows)).to.deep.equal(Array.from(rows, (_, i) => `${10_000 - rows.length + i}`));
  });

  it('takes nothing that a reader further up can see, and keeps the newest', () => {
    const rows: Row[] = [];
    for (let i = 0; i < 10_000; i++) addRow(rows, row(`${i}`), 0);
    expect(texts(rows.slice(0, SHOWN))).to.deep.equal(Array.from({ length: SHOWN }, (_, i) => `${i}`));
    expect(texts(rows.slice(-KEPT))).to.deep.equal(
      Array.from({ length: KEPT }, (_, i) => `${10_000 - KEPT + i}`),
    );
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

describe('placeOf', () => {
  it('groups what one sender wrote within five minutes', () => {
    const ana = (seconds: number) => row('a', { sender: 'user:ana', time: at(seconds) });
    const [first, second, third, late] = [ana(0), ana(1), ana(2), ana(303)] as [Row, Row, Row, Row];
    const ben = row('b', { sender: 'user:ben' });
    expect(placeOf(first, undefined, second)).to.equal('top');
    expect(placeOf(second, first, third)).to.equal('middle');
    expect(placeOf(third, second, late)).to.equal('bottom');
    expect(placeOf(late, third, undefined)).to.equal('single');
    expect(placeOf(ben, first, undefined)).to.equal('single');
  });

  it('begins a group anew on another day, and at what is marked', () => {
    const late = row('a', { sender: 'user:ana', time: new Date(2025, 0, 1, 23, 59, 59) });
    const next = row('b', { sender: 'user:ana', time: new Date(2025, 0, 2, 0, 0, 1) });
    expect(placeOf(late, undefined, next)).to.equal('single');
    const [one, two] = [row('a', { sender: 'user:ana' }), row('b', { sender: 'user:ana' })];
    expect(placeOf(two, one, undefined, two)).to.equal('single');
    expect(placeOf(one, undefined, two, two)).to.equal('single');
  });
});
