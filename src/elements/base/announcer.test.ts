import { expect } from '@open-wc/testing';
import { type Clock, install } from '@sinonjs/fake-timers';
import { announce, prepareAnnouncer, silence } from './announcer.ts';
import { announced } from './testing/announced.ts';

describe('announce', () => {
  let clock: Clock;

  beforeEach(() => {
    silence();
    prepareAnnouncer();
    clock = install({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => clock.uninstall());

  const apples = (n: number) => `${n} apples`;

  it('says what comes within a second together, and the same text as often as it comes', () => {
    announce('a');
    clock.tick(999);
    announce('a');
    expect(announced()).to.deep.equal([]);
    clock.tick(1);
    expect(announced('polite')).to.deep.equal(['a', 'a']);
  });

  it('says at once what is urgent', () => {
    announce('a', true);
    expect(announced('assertive')).to.deep.equal(['a']);
    expect(announced('polite')).to.deep.equal([]);
  });

  it('counts what is more than three of a kind, in its place among others', () => {
    announce('first');
    for (const name of 'abcd') announce(name, false, 'apples', apples);
    announce('last');
    clock.tick(1000);
    expect(announced()).to.deep.equal(['first', '4 apples', 'last']);
  });

  it('keeps a text long enough to be read, and clears it away', () => {
    announce('a', true);
    clock.tick(5000);
    expect(announced()).to.deep.equal(['a']);
    clock.tick(5000);
    expect(announced()).to.deep.equal([]);
  });

  it('has one pair of regions, outside every element, also in a body that took the place of another', () => {
    const regions = () => document.querySelectorAll('body > ws-announcer > [aria-live]');
    prepareAnnouncer();
    expect(regions()).to.have.length(2);
    document.querySelector('ws-announcer')?.remove();
    prepareAnnouncer();
    expect(regions()).to.have.length(2);
    announce('a', true);
    expect(announced()).to.deep.equal(['a']);
  });

  it('is in the modal dialog that is open, where alone anything is heard, and out of it afterwards', () => {
    const dialog = document.createElement('dialog');
    const home = () => document.querySelector('ws-announcer')?.parentElement?.localName;
    document.body.append(dialog);
    dialog.showModal();
    announce('a');
    expect(home()).to.equal('dialog');
    clock.tick(1000);
    expect(announced('polite')).to.deep.equal(['a']);
    dialog.close();
    announce('b', true);
    expect(home()).to.equal('body');
    dialog.remove();
  });
});
