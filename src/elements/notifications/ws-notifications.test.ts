import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { type Clock, install } from '@sinonjs/fake-timers';
import { FakeServer, type FakeServerOptions } from '../../connection/testing/fake-server.ts';
import { silence } from '../base/announcer.ts';
import { announced } from '../base/testing/announced.ts';
import './define.ts';
import type { NotificationItem } from './notification-item.ts';
import type { WsNotifications } from './ws-notifications.ts';

describe('<ws-notifications>', () => {
  let server: FakeServer;
  let clock: Clock | undefined;
  let element: WsNotifications;

  const start = (options: FakeServerOptions = { userId: '7' }) => {
    server = new FakeServer(options);
  };
  const startClock = () => {
    clock = install({
      now: Date.now(),
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    });
  };
  afterEach(() => {
    server.restore();
    clock?.uninstall();
    silence();
    clock = undefined;
  });

  const settle = async () => {
    await server.settle();
    await element.updateComplete;
    await server.settle();
  };
  const show = async (template = html`<ws-notifications url=${server.url}></ws-notifications>`) => {
    element = await fixture<WsNotifications>(template);
    await settle();
  };
  const notify = async (fields: object, channel = 'user:7') => {
    server.publish(channel, { type: 'notification', ...fields });
    await settle();
  };
  const tick = async (ms: number) => {
    clock?.tick(ms);
    await settle();
  };
  const all = (selector: string) => [...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
  const one = (selector: string) => all(selector)[0] as HTMLElement;
  const texts = (selector: string) => all(selector).map(({ textContent }) => textContent?.trim());
  const inbox = () => texts('#inbox [part=title]');
  const toasts = () => texts('#toasts [part=title]');
  const bell = () => one('[part=bell]');
  const open = async () => {
    const toggled = oneEvent(one('#inbox'), 'toggle');
    bell().focus();
    bell().click();
    await toggled;
    await settle();
  };
  const press = async (selector: string) => {
    one(selector).click();
    await settle();
  };
  const isOpen = (selector: string) => one(selector).matches(':popover-open');
  const focused = () => element.shadowRoot?.activeElement;
  const listen = (type: string, listener: (event: CustomEvent<NotificationItem>) => void = () => {}) => {
    const heard: NotificationItem[] = [];
    element.addEventListener(type, (event) => {
      heard.push((event as CustomEvent).detail);
      listener(event as CustomEvent);
    });
    return heard;
  };

  describe('what it takes', () => {
    it('is what is published to the user and to everyone', async () => {
      start();
      await show();
      await notify({ title: 'mine' });
      await notify({ title: 'all' }, 'broadcast');
      expect(inbox()).to.have.members(['mine', 'all']);
    });

    it('is what is sent to this client', async () => {
      start({});
      await show();
      server.last.receive({ type: 'notification', title: 'for you', timestamp: new Date().toISOString() });
      await settle();
      expect(inbox()).to.deep.equal(['for you']);
    });

    it('is what a plain server sends', async () => {
      start({ plain: true });
      await show();
      await notify({ title: 'plain' }, '');
      expect(inbox()).to.deep.equal(['plain']);
    });

    it('is nothing of another channel, nor of another type', async () => {
      start();
      await show();
      const { connect } = await import('../../connection/connect.ts');
      const connection = connect({ url: server.url });
      connection.subscribe('lobby');
      await settle();
      await notify({ title: 'someone else' }, 'lobby');
      await notify({ title: 'a status', type: 'status_update' });
      expect(inbox()).to.deep.equal([]);
      connection.release();
    });

    it('does not come twice after a reconnect, nor with the same id', async () => {
      start();
      await show();
      await notify({ title: 'a', id: 'x1' });
      await notify({ title: 'a', id: 'x1' }, 'broadcast');
      server.last.receive({ type: 'notification', channel: 'user:7', offset: 1, title: 'a' });
      await settle();
      expect(inbox()).to.deep.equal(['a']);
    });

    it('comes again with an old offset where the numbering began anew', async () => {
      startClock();
      start();
      await show();
      await notify({ title: 'before' });
      server.last.close(4000);
      await tick(30_000);
      const { last } = server;
      last.receive({ type: 'subscribed', channel: 'user:7', epoch: 'new', offset: 0, recovered: false });
      last.receive({ type: 'notification', channel: 'user:7', offset: 1, title: 'after' });
      await settle();
      expect(inbox()).to.have.members(['before', 'after']);
    });

    it('is forgotten when another user signs in', async () => {
      startClock();
      start({ auto: false });
      await show();
      server.last.open();
      server.last.welcome({ userId: '7' });
      server.last.receive({ type: 'notification', title: 'private' });
      await settle();
      expect(inbox()).to.deep.equal(['private']);
      server.last.close(4003);
      await tick(30_000);
      server.last.open();
      server.last.welcome({ userId: '8' });
      await settle();
      expect(inbox()).to.deep.equal([]);
      expect(toasts()).to.deep.equal([]);
      expect(
        server.last.sent.filter(({ type }) => type === 'subscribe').map(({ channel }) => channel),
      ).to.include('user:8');
    });

    it('is kept while the element moves', async () => {
      start();
      await show();
      await notify({ title: 'a' });
      const parent = element.parentElement;
      element.remove();
      parent?.append(element);
      await settle();
      await notify({ title: 'b' });
      expect(inbox()).to.have.members(['a', 'b']);
      expect(isOpen('#toasts')).to.equal(true);
    });

    it('is bounded: the oldest go', async () => {
      start();
      await show();
      for (let number = 1; number <= 120; number++)
        server.publish('user:7', { type: 'notification', title: `${number}` });
      await settle();
      expect(element.notifications).to.have.length(100);
      expect(inbox()[0]).to.equal('120');
      expect(inbox()[99]).to.equal('21');
    });
  });

  describe('the bell', () => {
    it('says how many are unread', async () => {
      start();
      await show();
      expect(bell().getAttribute('aria-label')).to.equal('Notifications');
      expect(all('[part=badge]').length).to.equal(0);
      await notify({ title: 'a' });
      await notify({ title: 'b', priority: 'low' });
      expect(one('[part=badge]').textContent).to.equal('2');
      expect(bell().getAttribute('aria-label')).to.equal('Notifications: 2 unread');
    });

    it('says 99+ from 100 on', async () => {
      start();
      await show();
      for (let number = 0; number < 99; number++)
        server.publish('user:7', { type: 'notification', title: 'a' });
      await settle();
      expect(one('[part=badge]').textContent).to.equal('99');
      await notify({ title: 'a' });
      expect(one('[part=badge]').textContent).to.equal('99+');
    });

    it('has the name it is given', async () => {
      start();
      await show(html`<ws-notifications label="Inbox" url=${server.url}></ws-notifications>`);
      expect(bell().getAttribute('aria-label')).to.equal('Inbox');
      expect(one('[part=inbox]').getAttribute('aria-label')).to.equal('Inbox');
    });

    it('is a target of 40 px that no toast and no badge covers', async () => {
      start();
      await show();
      await notify({ title: 'a', priority: 'high' });
      const box = bell().getBoundingClientRect();
      expect(Math.min(box.width, box.height)).to.be.at.least(40);
      const toast = one('#toasts').getBoundingClientRect();
      expect(toast.top >= box.bottom || toast.left >= box.right).to.equal(true);
      const glyph = one('[part=bell] svg').getBoundingClientRect();
      const badge = one('[part=badge]').getBoundingClientRect();
      expect(badge.bottom).to.be.below(glyph.top + glyph.height / 2);
      expect(badge.left).to.be.above(glyph.left + glyph.width / 2);
    });
  });

  describe('the inbox', () => {
    it('opens and closes with the bell, takes the focus and gives it back', async () => {
      start();
      await show();
      await open();
      expect(isOpen('#inbox')).to.equal(true);
      expect(bell().getAttribute('aria-expanded')).to.equal('true');
      expect(focused() === one('#inbox')).to.equal(true);
      (one('#inbox') as HTMLElement & { hidePopover(): void }).hidePopover();
      await settle();
      expect(bell().getAttribute('aria-expanded')).to.equal('false');
      expect(focused() === bell()).to.equal(true);
    });

    it('lists the newest first, by time', async () => {
      start();
      await show();
      await notify({ title: 'second', timestamp: '2025-03-04T12:00:00.000Z' });
      await notify({ title: 'third', timestamp: '2025-03-04T13:00:00.000Z' });
      await notify({ title: 'first', timestamp: '2025-03-04T11:00:00.000Z' }, 'broadcast');
      await notify({ title: 'fourth', timestamp: '2025-03-04T13:00:00.000Z' });
      expect(inbox()).to.deep.equal(['fourth', 'third', 'second', 'first']);
    });

    it('tells title, message, priority and time', async () => {
      start();
      await show();
      const timestamp = new Date(Date.now() - 125_000).toISOString();
      await notify({ title: 'New order', message: '#12345', priority: 'high', timestamp });
      expect(texts('#inbox [part=message]')).to.deep.equal(['#12345']);
      expect(texts('#inbox [part=priority]')).to.deep.equal(['High priority']);
      expect(one('#inbox time').getAttribute('datetime')).to.equal(timestamp);
      expect(texts('#inbox time')).to.deep.equal(['2 minutes ago']);
    });

    it("tells the time in the page's language", async () => {
      start();
      const parent = await fixture(
        html`<div lang="de"><ws-notifications url=${server.url}></ws-notifications></div>`,
      );
      element = parent.querySelector('ws-notifications') as WsNotifications;
      await settle();
      await notify({ title: 'a', timestamp: new Date(Date.now() - 125_000).toISOString() });
      expect(texts('#inbox time')).to.deep.equal(['vor 2 Minuten']);
    });

    it('keeps its times true while it is open', async () => {
      startClock();
      start();
      await show();
      await notify({ title: 'a' });
      await open();
      expect(texts('#inbox time')).to.deep.equal(['now']);
      await tick(60_000);
      expect(texts('#inbox time')).to.deep.equal(['1 minute ago']);
    });

    it('shows text as text', async () => {
      start();
      await show();
      await notify({ title: '<img src=x onerror=alert(1)>', message: '<b>bold</b>' });
      expect(inbox()).to.deep.equal(['<img src=x onerror=alert(1)>']);
      expect(all('#inbox b, #inbox img').length).to.equal(1);
    });

    it('links where there is a link, and to nothing but pages', async () => {
      start();
      await show();
      await notify({ title: 'order', link: '/orders/1' });
      await notify({ title: 'attack', link: 'javascript:alert(1)' });
      expect(all('#inbox [part=title]').map(({ tagName }) => tagName)).to.deep.equal(['BUTTON', 'A']);
      expect((one('#inbox a') as HTMLAnchorElement).href).to.equal(
        new URL('/orders/1', document.baseURI).href,
      );
    });

    it('says that there is nothing', async () => {
      start();
      await show();
      expect(texts('[part=empty]')).to.deep.equal(['Nothing new. What arrives is listed here.']);
      await notify({ title: 'a' });
      expect(all('[part=empty]').length).to.equal(0);
    });

    it('marks one as read, and keeps the focus beside it', async () => {
      start();
      await show();
      await notify({ title: 'a' });
      await notify({ title: 'b' });
      const read = listen('ws-notification-read');
      await open();
      one('#inbox [part=read]').focus();
      await press('#inbox [part=read]');
      expect(read.map(({ title }) => title)).to.deep.equal(['b']);
      expect(read[0]?.read).to.equal(true);
      expect(one('[part=badge]').textContent).to.equal('1');
      expect(all('#inbox [part~=unread]').length).to.equal(1);
      expect(focused() === one('#inbox [part=title]')).to.equal(true);
    });

    it('marks all as read, and keeps the focus', async () => {
      start();
      await show();
      await notify({ title: 'a' });
      await notify({ title: 'b' });
      const read = listen('ws-notification-read');
      await open();
      one('[part=read-all]').focus();
      await press('[part=read-all]');
      expect(read).to.have.length(2);
      expect(all('[part=badge]').length).to.equal(0);
      expect(all('[part=read-all]').length).to.equal(0);
      expect(focused() === one('#inbox')).to.equal(true);
      element.markRead();
      expect(read).to.have.length(2);
    });

    it('marks one as read that is opened, and lets the page follow the link itself', async () => {
      start();
      await show();
      await notify({ title: 'a', link: '/elsewhere' });
      const read = listen('ws-notification-read');
      const clicked = listen('ws-notification-click', (event) => event.preventDefault());
      await open();
      await press('#inbox [part=title]');
      expect(clicked.map(({ title }) => title)).to.deep.equal(['a']);
      expect(read).to.have.length(1);
      expect(element.notifications[0]?.read).to.equal(true);
    });

    it('keeps the focus where it is when another one arrives', async () => {
      start();
      await show();
      await notify({ title: 'a' });
      await open();
      one('#inbox [part=title]').focus();
      const before = focused();
      await notify({ title: 'b' });
      expect(focused() === before).to.equal(true);
      expect(before?.textContent).to.equal('a');
    });

    it('stays within the screen, wherever the bell is', async () => {
      start();
      const place = async (style: string, dir: string) => {
        const parent = await fixture(
          html`<div dir=${dir}><ws-notifications url=${server.url}></ws-notifications></div>`,
        );
        (parent as HTMLElement).style.cssText = `position: fixed; ${style}`;
        element = parent.querySelector('ws-notifications') as WsNotifications;
        await settle();
        for (let number = 0; number < 20; number++) await notify({ title: `${number}` });
        await open();
        const { left, top, right, bottom, height } = one('#inbox').getBoundingClientRect();
        expect(Math.min(left, top), `${style} ${dir}`).to.be.at.least(0);
        expect(right).to.be.at.most(innerWidth);
        expect(bottom).to.be.at.most(innerHeight);
        expect(height).to.be.at.most(innerHeight * 0.7 + 1);
        element.remove();
      };
      for (const dir of ['ltr', 'rtl']) {
        await place('top: 0; left: 0', dir);
        await place('top: 0; right: 0', dir);
        await place('bottom: 0; left: 0', dir);
        await place('bottom: 0; right: 0', dir);
      }
    });
  });

  describe('toasts', () => {
    it('show normal and high priority, low in the inbox only', async () => {
      start();
      await show();
      await notify({ title: 'low', priority: 'low' });
      expect(isOpen('#toasts')).to.equal(false);
      await notify({ title: 'normal' });
      await notify({ title: 'high', priority: 'high' });
      expect(toasts()).to.have.members(['normal', 'high']);
      expect(isOpen('#toasts')).to.equal(true);
      expect(inbox()).to.have.length(3);
    });

    it('leave after six seconds, urgent ones never', async () => {
      startClock();
      start();
      await show();
      await notify({ title: 'normal' });
      await notify({ title: 'high', priority: 'high' });
      await tick(5999);
      expect(toasts()).to.have.members(['normal', 'high']);
      await tick(1);
      expect(toasts()).to.deep.equal(['high']);
      await tick(600_000);
      expect(toasts()).to.deep.equal(['high']);
    });

    it('stay as long as they are told', async () => {
      startClock();
      start();
      await show(html`<ws-notifications duration="2s" url=${server.url}></ws-notifications>`);
      await notify({ title: 'a' });
      await tick(2000);
      expect(toasts()).to.deep.equal([]);
      expect(isOpen('#toasts')).to.equal(false);
      element.setAttribute('duration', '0');
      await notify({ title: 'b' });
      await tick(600_000);
      expect(toasts()).to.deep.equal(['b']);
    });

    it('wait while a pointer or the focus is on them', async () => {
      startClock();
      start();
      await show();
      await notify({ title: 'a' });
      await tick(5000);
      one('#toasts').dispatchEvent(new PointerEvent('pointerenter'));
      await tick(60_000);
      expect(toasts()).to.deep.equal(['a']);
      one('#toasts [part=dismiss]').focus();
      one('#toasts').dispatchEvent(new PointerEvent('pointerleave'));
      await tick(60_000);
      expect(toasts()).to.deep.equal(['a']);
      one('#toasts [part=dismiss]').blur();
      await tick(1000);
      expect(toasts()).to.deep.equal([]);
    });

    it('wait while nobody sees the page', async () => {
      startClock();
      start();
      await show();
      await notify({ title: 'a' });
      const hide = (hidden: boolean) => {
        Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
        document.dispatchEvent(new Event('visibilitychange'));
      };
      hide(true);
      await tick(60_000);
      expect(toasts()).to.deep.equal(['a']);
      hide(false);
      delete (document as { hidden?: boolean }).hidden;
      await tick(6000);
      expect(toasts()).to.deep.equal([]);
    });

    it('go when they are dismissed, and stay unread', async () => {
      start();
      await show();
      await notify({ title: 'a', priority: 'high' });
      await press('#toasts [part=dismiss]');
      expect(toasts()).to.deep.equal([]);
      expect(isOpen('#toasts')).to.equal(false);
      expect(one('[part=badge]').textContent).to.equal('1');
    });

    it('hand the focus on to the next one, at last to the bell', async () => {
      start();
      await show();
      await notify({ title: 'a', priority: 'high' });
      await notify({ title: 'b', priority: 'high' });
      const dismissFocused = async () => {
        (focused() as HTMLElement).click();
        await settle();
      };
      one('#toasts [part=dismiss]').focus();
      await dismissFocused();
      expect(focused() === one('#toasts [part=dismiss]')).to.equal(true);
      expect(toasts()).to.deep.equal(['b']);
      await dismissFocused();
      expect(focused() === bell()).to.equal(true);
    });

    it('are three at most; the rest is a number that opens the inbox', async () => {
      start();
      await show();
      for (const title of ['a', 'b', 'c', 'd', 'e']) await notify({ title });
      expect(toasts()).to.deep.equal(['a', 'b', 'c']);
      expect(texts('[part=more]')).to.deep.equal(['2 more']);
      await press('[part=more]');
      expect(isOpen('#inbox')).to.equal(true);
      expect(toasts()).to.deep.equal([]);
    });

    it('are opened like the notification in the inbox', async () => {
      start();
      await show();
      await notify({ title: 'a' });
      const clicked = listen('ws-notification-click');
      await press('#toasts [part=title]');
      expect(clicked).to.have.length(1);
      expect(toasts()).to.deep.equal([]);
      expect(all('[part=badge]').length).to.equal(0);
    });

    it('do not come where the page wants none', async () => {
      start();
      await show(html`<ws-notifications no-toasts url=${server.url}></ws-notifications>`);
      await notify({ title: 'a', priority: 'high' });
      expect(toasts()).to.deep.equal([]);
      expect(inbox()).to.deep.equal(['a']);
    });

    it('do not come over the open inbox', async () => {
      start();
      await show();
      await open();
      await notify({ title: 'a' });
      expect(inbox()).to.deep.equal(['a']);
      expect(toasts()).to.deep.equal([]);
    });
  });

  describe('ws-notification', () => {
    it('tells what arrived, with all its fields', async () => {
      start();
      await show();
      const heard = listen('ws-notification');
      await notify({ title: 'a', priority: 'high', orderId: 5 });
      expect(heard[0]).to.include({ title: 'a', priority: 'high', read: false });
      expect(heard[0]?.publication).to.include({ orderId: 5, channel: 'user:7' });
    });

    it('keeps the toast away where it is cancelled', async () => {
      start();
      await show();
      listen('ws-notification', (event) => event.preventDefault());
      await notify({ title: 'a', priority: 'high' });
      expect(toasts()).to.deep.equal([]);
      expect(inbox()).to.deep.equal(['a']);
      expect(announced()).to.deep.equal([]);
    });
  });

  describe('to a screen reader', () => {
    it('says normal ones politely, urgent ones at once, low ones not', async () => {
      start();
      await show();
      startClock();
      await notify({ title: 'low', priority: 'low' });
      await notify({ title: 'normal', message: 'text' });
      await notify({ title: 'high', priority: 'high' });
      expect(announced()).to.deep.equal(['high']);
      await tick(1000);
      expect(announced('polite')).to.deep.equal(['normal\ntext']);
      expect(announced('assertive')).to.deep.equal(['high']);
    });

    it('does not read out a flood', async () => {
      startClock();
      start();
      await show();
      for (let number = 1; number <= 20; number++)
        server.publish('user:7', { type: 'notification', title: `${number}` });
      await settle();
      await tick(1000);
      expect(announced()).to.deep.equal(['20 new notifications']);
    });
  });

  it('leaves no timer behind', async () => {
    startClock();
    start();
    await show();
    await notify({ title: 'a' });
    await open();
    await notify({ title: 'b' });
    element.remove();
    await settle();
    await tick(60_000);
    expect(clock?.countTimers()).to.equal(0);
  });

  it('is accessible in every state', async () => {
    start();
    await show();
    await expect(element).to.be.accessible();
    await open();
    await expect(element).to.be.accessible();
    for (const priority of ['low', 'normal', 'high'])
      await notify({ title: priority, message: 'text', priority, link: '/a' });
    await notify({ title: 'without a link' });
    await expect(element).to.be.accessible();
    await press('[part=read-all]');
    await expect(element).to.be.accessible();
    await press('[part=bell]');
    for (const title of ['a', 'b', 'c', 'd']) await notify({ title, priority: 'high' });
    await expect(element).to.be.accessible();
  });
});
