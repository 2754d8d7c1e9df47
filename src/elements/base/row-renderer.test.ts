import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { rowRenderer } from './row-renderer.ts';

describe('rowRenderer', () => {
  interface Item {
    text: string;
  }
  const item = (text: string): Item => ({ text });
  let list: HTMLElement;
  let renderRows: (list: Element, items: readonly Item[]) => void;
  const texts = () => [...list.children].map((row) => row.textContent);

  beforeEach(() => {
    list = document.body.appendChild(document.createElement('ol'));
    renderRows = rowRenderer(({ text }: Item) => html`<button>${text}</button>`);
  });
  afterEach(() => list.remove());

  it('renders items in order', () => {
    renderRows(list, [item('a'), item('b')]);
    expect(texts()).to.deep.equal(['a', 'b']);
  });

  it('keeps the focus in a row that others come before and leave', () => {
    const [a, b, c] = [item('a'), item('b'), item('c')] as const;
    renderRows(list, [a, b]);
    list.querySelectorAll('button')[1]?.focus();
    const focused = document.activeElement;
    renderRows(list, [c, a, b]);
    expect(document.activeElement === focused).to.equal(true);
    renderRows(list, [c, b]);
    expect(texts()).to.deep.equal(['c', 'b']);
    expect(document.activeElement === focused).to.equal(true);
  });

  it('renders what has changed into the same row', () => {
    const a = item('a');
    renderRows(list, [a]);
    const [row] = list.children;
    a.text = 'A';
    renderRows(list, [a]);
    expect(texts()).to.deep.equal(['A']);
    expect(list.children[0] === row).to.equal(true);
  });
});
