import { expect, fixture, html } from '@open-wc/testing';
import { rove } from './rove.ts';

describe('rove()', () => {
  let list: HTMLElement;
  let items: HTMLElement[];
  /** Where it starts while the focus is in none of them. */
  let from: number;

  beforeEach(async () => {
    list = await fixture(html`<div tabindex="0">
      ${Array.from({ length: 25 }, (_, n) => html`<p tabindex="-1" id=${n}><button id="in-${n}">${n}</button></p>`)}
    </div>`);
    items = [...list.querySelectorAll<HTMLElement>('p')];
    from = 24;
  });

  /** Presses it on the list; returns whether the page still gets it. */
  const press = (key: string) => {
    const event = new KeyboardEvent('keydown', { key, cancelable: true });
    rove(event, items, from);
    return !event.defaultPrevented;
  };
  const focused = () => document.activeElement?.id;

  for (const [key, start, end] of [
    ['ArrowDown', 11, 12],
    ['ArrowUp', 11, 10],
    ['PageDown', 11, 21],
    ['PageUp', 11, 1],
    ['Home', 11, 0],
    ['End', 11, 24],
    ['ArrowDown', 24, 24],
    ['ArrowUp', 0, 0],
    ['PageDown', 20, 24],
    ['PageUp', 4, 0],
  ] as const) {
    it(`goes by ${key} from ${start} to ${end}, and the page does not scroll`, () => {
      items[start]?.focus();
      expect(press(key)).to.equal(false);
      expect(focused()).to.equal(`${end}`);
    });
  }

  it('starts from the item that a focused button is in', () => {
    list.querySelector<HTMLElement>('#in-7')?.focus();
    press('ArrowUp');
    expect(focused()).to.equal('6');
  });

  for (const key of ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp']) {
    it(`comes in by ${key} where it is told to`, () => {
      from = 3;
      list.focus();
      press(key);
      expect(focused()).to.equal('3');
    });
  }

  it('comes in by Home and End at the ends', () => {
    from = 3;
    list.focus();
    press('Home');
    expect(focused()).to.equal('0');
    list.focus();
    press('End');
    expect(focused()).to.equal('24');
  });

  it('leaves all other keys to the page', () => {
    items[5]?.focus();
    for (const key of ['ArrowLeft', 'ArrowRight', 'Tab', 'Enter', ' ', 'Escape', 'a']) {
      expect(press(key), key).to.equal(true);
    }
    expect(focused()).to.equal('5');
  });

  it('leaves its keys to the page where there is nothing to go to', () => {
    items = [];
    list.focus();
    expect(press('ArrowDown')).to.equal(true);
    expect(document.activeElement === list).to.equal(true);
  });
});
