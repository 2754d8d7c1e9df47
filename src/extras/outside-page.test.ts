import { expect } from '@open-wc/testing';
import type { Connection } from '../connection/types.ts';
import { showOnDevice, TitleBadge } from './outside-page.ts';

/** As much of a connection as is asked here. */
const connection = { state: 'connected', isPrimary: true };
const shared = connection as unknown as Connection;
const change = (fields: Partial<typeof connection>) => {
  Object.assign(connection, fields);
  document.dispatchEvent(new CustomEvent('ws-primary-change'));
};

describe('TitleBadge', () => {
  const badge = new TitleBadge();
  beforeEach(() => {
    document.title = 'Orders';
    change({ state: 'connected', isPrimary: true });
  });
  afterEach(() => badge.show(''));

  it('is in the title of the tab alone that draws attention', () => {
    badge.show('3', shared);
    expect(document.title).to.equal('(3) Orders');
    change({ isPrimary: false });
    expect(document.title).to.equal('Orders');
    change({ isPrimary: true });
    expect(document.title).to.equal('(3) Orders');
  });

  it('stays where it was while there is no connection', () => {
    badge.show('3', shared);
    change({ isPrimary: false });
    change({ isPrimary: true, state: 'reconnecting' });
    expect(document.title).to.equal('Orders');
  });

  it('stays away once it is taken away', () => {
    badge.show('3', shared);
    badge.show('', shared);
    change({ isPrimary: true });
    expect(document.title).to.equal('Orders');
  });
});

describe('showOnDevice', () => {
  const { Notification: real } = globalThis;
  let shown: string[];
  beforeEach(() => {
    shown = [];
    globalThis.Notification = class {
      static permission = 'granted';
      constructor(title: string) {
        shown.push(title);
      }
    } as unknown as typeof Notification;
  });
  afterEach(() => {
    globalThis.Notification = real;
  });

  it('shows it on the tab alone that draws attention', () => {
    const one = { title: 'New order', message: '', priority: 'normal' };
    change({ isPrimary: false });
    showOnDevice(one, () => {}, shared);
    expect(shown).to.deep.equal([]);
    change({ isPrimary: true });
    showOnDevice(one, () => {}, shared);
    expect(shown).to.deep.equal(['New order']);
  });
});
