import { expect, fixture, html, nextFrame, oneEvent } from '@open-wc/testing';
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
      const clock = new Date(timestamp).toLocaleTimeString('en', { timeStyle: 'short' });
      expect(texts('#inbox time')).to.deep.equal([clock]);
    });

    it("tells the time in the page's language", async () => {
      start();
      const parent = await fixture(
        html`<div lang="de"><ws-notifications url=${server.url}></ws-notifications></div>`,
      );
      element = parent.querySelector('ws-notifications') as WsNotifications;
      await settle();
      await notify({ title: 'a', timestamp: new Date(2025, 0, 2, 15, 4).toISOString() });
      expect(texts('#inbox time')).to.deep.equal(['15:04']);
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

    it('marks one as read, and as unread again, and keeps the focus', async () => {
      start();
      await show();
      await notify({ title: 'a' });
      await open();
      const heard = listen('ws-notification-read');
      one('#inbox [part=read]').focus();
      await press('#inbox [part=read]');
      expect(element.notifications[0]?.read).to.equal(true);
      expect(one('#inbox [part=read]').ariaLabel).to.equal('Mark as unread: a');
      expect(focused()).to.equal(one('#inbox [part=read]'));
      await press('#inbox [part=read]');
      expect(element.notifications[0]?.read).to.equal(false);
      expect(texts('[part=badge]')).to.deep.equal(['1']);
      expect(heard.map(({ title }) => title)).to.deep.equal(['a', 'a']);
    });

    it('lets go of one that is dismissed, for good, and hands the focus on', async () => {
      start();
      await show();
      for (const id of ['1', '2', '3'])
        await notify({ id, title: id, timestamp: `2025-01-0${id}T00:00:00Z` });
      await open();
      const heard = listen('ws-notification-dismiss');
      const dismiss = () => all('#inbox [part=dismiss]');
      dismiss()[1]?.focus();
      await press('#inbox [part=dismiss]:focus');
      expect(inbox()).to.deep.equal(['3', '1']);
      expect(focused()).to.equal(dismiss()[1]);
      await press('#inbox [part=dismiss]:focus');
      expect(focused()).to.equal(dismiss()[0]);
      await press('#inbox [part=dismiss]:focus');
      expect(focused()).to.equal(one('#inbox'));
      expect(heard.map(({ title }) => title)).to.deep.equal(['2', '1', '3']);
      await notify({ id: '2', title: 'again' });
      expect(inbox()).to.deep.equal([]);
      expect(one('#inbox [part=empty]').textContent).to.include('Nothing new');
    });

    it('keeps one whose dismissal the page cancels', async () => {
      start();
      await show();
      await notify({ title: 'a' });
      listen('ws-notification-dismiss', (event) => event.preventDefault());
      await open();
      await press('#inbox [part=dismiss]');
      expect(inbox()).to.deep.equal(['a']);
    });

    it('shows the unread ones only when asked, those that are read meanwhile until it is asked again', async () => {
      start();
      await show();
      await notify({ title: 'a', timestamp: '2025-01-02T00:00:00Z' });
      await notify({ title: 'b', timestamp: '2025-01-01T00:00:00Z' });
      await open();
      await press('#inbox [part=read]');
      expect(one('[part=filter]').ariaPressed).to.equal('false');
      await press('[part=filter]');
      expect(one('[part=filter]').ariaPressed).to.equal('true');
      expect(inbox()).to.deep.equal(['b']);
      await press('#inbox [part=read]');
      expect(inbox()).to.deep.equal(['b']);
      await press('[part=filter]');
      expect(inbox()).to.deep.equal(['a', 'b']);
    });

    it('stands in groups by day', async () => {
      startClock();
      start();
      await show(html`<ws-notifications url=${server.url} lang="en"></ws-notifications>`);
      const at = (days: number, minutes: number) =>
        new Date(new Date().setHours(12, minutes, 0, 0) - days * 864e5 - 864e5).toISOString();
      for (const [title, days] of [
        ['a', 0],
        ['b', 0],
        ['c', 1],
        ['d', 400],
      ] as const) {
        await notify({ title, timestamp: at(days, 30 - title.charCodeAt(0) / 10) });
      }
      await open();
      const days = all('#inbox li').map((row) => row.querySelector('[part=day]')?.textContent);
      expect(days.slice(0, 2)).to.deep.equal(['yesterday', undefined]);
      expect(days[2]).to.match(/^\w+, \w+ \d+, \d{4}$/);
      expect(days[3]).to.match(/^\w+, \w+ \d+, \d{4}$/);
      expect(days[3]).not.to.equal(days[2]);
    });

    it('holds back what comes while it is read, and says how much', async () => {
      start();
      await show();
      await notify({ title: 'a' });
      await open();
      await notify({ title: 'b' });
      await notify({ title: 'c' });
      expect(inbox()).to.deep.equal(['a']);
      expect(texts('[part=new]')).to.deep.equal(['2 new notifications']);
      expect(texts('[part=badge]')).to.deep.equal(['3']);
      await press('[part=new]');
      expect(inbox()).to.deep.equal(['c', 'b', 'a']);
      expect(all('[part=new]')).to.deep.equal([]);
      expect(focused()).to.equal(one('#inbox'));
    });

    it('goes up and down by keys', async () => {
      start();
      await show();
      for (const title of ['a', 'b', 'c']) await notify({ title });
      await open();
      const key = async (name: string) => {
        (focused() ?? element).dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
        await settle();
        return focused()?.textContent?.trim();
      };
      expect(await key('ArrowDown')).to.equal('c');
      expect(await key('ArrowDown')).to.equal('b');
      expect(await key('End')).to.equal('a');
      expect(await key('Home')).to.equal('c');
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

  describe('actions', () => {
    const actions = [
      { name: 'approve', label: 'Approve' },
      { label: 'Open', link: '#order' },
    ];

    it('are buttons and links', async () => {
      start();
      await show();
      await notify({ title: 'a', actions });
      const [button, link] = all('#inbox [part=action]') as [HTMLButtonElement, HTMLAnchorElement];
      expect([button.localName, button.textContent?.trim()]).to.deep.equal(['button', 'Approve']);
      expect([link.localName, link.textContent?.trim(), link.hash]).to.deep.equal(['a', 'Open', '#order']);
      expect(texts('#toasts [part=action]')).to.deep.equal(['Approve', 'Open']);
    });

    it('are told to the page, and then it is read and its toast goes', async () => {
      start();
      await show();
      await notify({ title: 'a', actions });
      const heard = listen('ws-notification-action') as unknown as {
        notification: NotificationItem;
        action: object;
      }[];
      await press('#toasts [part=action]');
      expect(heard.map(({ action }) => action)).to.deep.equal([{ ...actions[0], link: undefined }]);
      expect(heard[0]?.notification).to.equal(element.notifications[0]);
      expect(element.notifications[0]?.read).to.equal(true);
      expect(toasts()).to.deep.equal([]);
    });

    it('leave everything as it is where the page cancels', async () => {
      start();
      await show();
      await notify({ title: 'a', actions });
      listen('ws-notification-action', (event) => event.preventDefault());
      await press('#toasts a[part=action]');
      expect(location.hash).to.equal('');
      expect(element.notifications[0]?.read).to.equal(false);
      expect(toasts()).to.deep.equal(['a']);
    });
  });

  describe('on all pages and devices of a user', () => {
    const mark = (fields: object, channel = 'user:7') =>
      notify({ type: 'notification_mark', ...fields, userId: '7' }, channel);
    const marks = () => server.last.sent.filter(({ type }) => type === 'notification_mark');

    it('has what came while the user was away, without toasts, and what was done with it', async () => {
      start({ userId: '7', keeps: true });
      for (const id of ['a', 'b', 'c', 'd'])
        server.publish('user:7', { type: 'notification', id, title: id });
      server.publish('user:7', { type: 'notification_mark', ids: ['a', 'b'], read: true });
      server.publish('user:7', { type: 'notification_mark', ids: ['b'], read: false });
      server.publish('user:7', { type: 'notification_mark', ids: ['d'], dismissed: true });
      await show();
      expect(inbox()).to.have.members(['a', 'b', 'c']);
      expect(toasts()).to.deep.equal([]);
      expect(element.notifications.filter(({ read }) => read).map(({ id }) => id)).to.deep.equal(['a']);
      expect(announced()).to.deep.equal([]);
    });

    it('lists it at once for a reader who opened the inbox before it came', async () => {
      start({ userId: '7', keeps: true, auto: false });
      for (const id of ['a', 'b', 'c']) server.publish('user:7', { type: 'notification', id, title: id });
      element = await fixture<WsNotifications>(html`<ws-notifications url=${server.url}></ws-notifications>`);
      await open();
      server.options.auto = true;
      server.last.open();
      server.last.welcome();
      await settle();
      expect(inbox()).to.have.members(['a', 'b', 'c']);
      expect(one('[part=new]')).to.equal(undefined);
    });

    it('tells what is marked and dismissed here', async () => {
      start();
      await show();
      for (const id of ['a', 'b']) await notify({ id, title: id });
      await notify({ title: 'by its place' });
      element.markRead(element.notifications.find(({ id }) => id === 'a'));
      element.markRead();
      await settle();
      element.dismiss(element.notifications.find(({ id }) => id === 'b') as NotificationItem);
      await settle();
      expect(marks().map(({ ids, read, dismissed }) => ({ ids, read, dismissed }))).to.deep.equal([
        { ids: ['a'], read: true, dismissed: undefined },
        { ids: ['user:7 fake:3', 'b'], read: true, dismissed: undefined },
        { ids: ['b'], read: undefined, dismissed: true },
      ]);
    });

    it('does what was done elsewhere, on the own channel alone', async () => {
      start();
      await show();
      for (const id of ['a', 'b']) await notify({ id, title: id });
      await mark({ ids: ['a'], read: true }, 'broadcast');
      expect(texts('[part=badge]')).to.deep.equal(['2']);
      await mark({ ids: ['a'], read: true });
      expect(texts('[part=badge]')).to.deep.equal(['1']);
      await mark({ ids: ['b'], dismissed: true });
      await mark({ ids: 'b' });
      expect(inbox()).to.deep.equal(['a']);
      expect(toasts()).to.deep.equal(['a']);
      expect(marks()).to.deep.equal([]);
    });

    it('goes on where the page stands that the server rendered', async () => {
      start();
      await show(html`<ws-notifications url=${server.url} since="fake:4"></ws-notifications>`);
      const asked = server.last.sent.find(
        ({ channel, type }) => type === 'subscribe' && channel === 'user:7',
      );
      expect(asked?.since).to.equal('fake:4');
    });
  });

  describe('what the server rendered', () => {
    const rendered = (url: string) => html`<ws-notifications url=${url}>
      <li data-id="n1" data-priority="high">
        <a href="#order">Order paid</a>
        <p>12 items</p>
        <time datetime="2025-01-01T00:00:00Z">yesterday</time>
      </li>
      <li data-id="n2" data-read>
        Seen
        <time datetime="2024-01-01T00:00:00Z">last year</time>
      </li>
      <li>no id</li>
    </ws-notifications>`;

    it('is in the inbox, without a toast and a word', async () => {
      start();
      await show(rendered(server.url));
      expect(inbox()).to.deep.equal(['Order paid', 'Seen']);
      expect(toasts()).to.deep.equal([]);
      const [first, second] = element.notifications;
      expect(first).to.include({ id: 'n1', priority: 'high', message: '12 items', read: false });
      expect(first?.link).to.match(/#order$/);
      expect(second).to.include({ id: 'n2', priority: 'normal', message: '', read: true });
      expect(texts('[part=badge]')).to.deep.equal(['1']);
    });

    it('does not come twice when it is published too', async () => {
      start();
      await show(rendered(server.url));
      await notify({ id: 'n1', title: 'Order paid' });
      expect(inbox()).to.deep.equal(['Order paid', 'Seen']);
    });

    it('may come later', async () => {
      start();
      await show();
      const row = document.createElement('li');
      row.dataset.id = 'n3';
      row.textContent = 'Later';
      element.append(row);
      await settle();
      await settle();
      expect(inbox()).to.deep.equal(['Later']);
    });
  });

  describe('in the page, without a bell', () => {
    const inline = (url: string) => html`<ws-notifications inline url=${url}></ws-notifications>`;

    it('is a region that is always there', async () => {
      start();
      await show(inline(server.url));
      expect(all('[part=bell]')).to.deep.equal([]);
      expect(one('#inbox').role).to.equal('region');
      expect(one('#inbox').checkVisibility()).to.equal(true);
      await notify({ title: 'a' });
      expect(inbox()).to.deep.equal(['a']);
      expect(toasts()).to.deep.equal([]);
      await expect(element).to.be.accessible();
    });
  });

  it('may lose its bell while the inbox is read, and get it again', async () => {
    start();
    await show();
    await notify({ title: 'a' });
    await open();
    element.inline = true;
    await settle();
    expect(one('#inbox').checkVisibility()).to.equal(true);
    element.inline = false;
    await settle();
    await open();
    expect(isOpen('#inbox')).to.equal(true);
  });

  describe('where it is', () => {
    const place = async (placement: string, style: string, dir = 'ltr') => {
      start();
      await show(
        html`<ws-notifications dir=${dir} style=${style} placement=${placement} url=${server.url}></ws-notifications>`,
      );
      await open();
      return placed();
    };
    const placed = () => {
      const at = one('#inbox').getBoundingClientRect();
      const from = bell().getBoundingClientRect();
      return [
        at.top >= from.bottom ? 'bottom' : 'top',
        Math.abs(at.left - from.left) < 2
          ? 'left'
          : Math.abs(at.right - from.right) < 2
            ? 'right'
            : 'between',
      ].join('-');
    };
    const middle = 'position: fixed; inset-block-start: 47vh; inset-inline-start: 47vw';

    it('is where there is room again when nothing is asked any more', async () => {
      const high = 'position: fixed; inset-block-start: 250px; inset-inline-start: 47vw';
      expect(await place('top-start', high)).to.equal('top-left');
      element.removeAttribute('placement');
      await settle();
      expect(placed()).to.equal('bottom-right');
    });

    for (const [placement, expected] of Object.entries({
      'bottom-start': 'bottom-left',
      'bottom-end': 'bottom-right',
      'top-start': 'top-left',
      'top-end': 'top-right',
    })) {
      it(`is ${placement} of the bell when that is asked`, async () => {
        expect(await place(placement, middle)).to.equal(expected);
      });
    }

    it('mirrors from right to left', async () => {
      expect(await place('bottom-start', middle, 'rtl')).to.equal('bottom-right');
    });

    it('is on the other side where there is no room', async () => {
      const top = 'position: fixed; inset-block-start: 0; inset-inline-start: 47vw';
      expect(await place('top-end', top)).to.equal('bottom-right');
      const bottom = 'position: fixed; inset-block-end: 0; inset-inline-start: 47vw';
      expect(await place('bottom-end', bottom)).to.equal('top-right');
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

    it('go out of the way of the field with the focus', async () => {
      start();
      await show();
      const field = await fixture<HTMLInputElement>(
        html`<input aria-label="f" style="position: fixed; inset-block-start: 3em; inset-inline-end: 2em" />`,
      );
      await notify({ title: 'a' });
      const covers = () => one('#toasts').getBoundingClientRect().top < field.getBoundingClientRect().bottom;
      expect(covers()).to.equal(true);
      field.focus();
      expect(covers()).to.equal(false);
      await notify({ title: 'b' });
      expect(covers()).to.equal(false);
      bell().focus();
      expect(covers()).to.equal(true);
    });

    it('go out of the way of that field wherever it scrolls to', async () => {
      start();
      await show();
      await notify({ title: 'a' });
      const box = await fixture<HTMLElement>(
        html`<div style="position: fixed; inset: 0; overflow: auto">
          <div style="block-size: 200vh"></div>
          <input aria-label="f" style="display: block; inline-size: 100%; scroll-margin-block: 70px" />
          <div style="block-size: 200vh"></div>
        </div>`,
      );
      const field = box.querySelector('input') as HTMLElement;
      field.focus();
      for (const block of ['start', 'end', 'start'] as const) {
        const scrolled = oneEvent(box, 'scroll');
        field.scrollIntoView({ block });
        await scrolled;
        const [a, b] = [one('#toasts'), field].map((each) => each.getBoundingClientRect()) as [
          DOMRect,
          DOMRect,
        ];
        expect(a.top < b.bottom && b.top < a.bottom, block).to.equal(false);
      }
    });

    it('are pushed aside by a finger, not by a mouse', async () => {
      start();
      await show();
      await notify({ title: 'a' });
      const push = async (pointerType: string, by: number, end = 'pointerup') => {
        const at = (type: string, clientX: number) =>
          one('#toasts [part=message], #toasts [part=title]').dispatchEvent(
            new PointerEvent(type, { pointerType, clientX, bubbles: true, composed: true }),
          );
        at('pointerdown', 200);
        at('pointermove', 200 + by);
        at(end, 200 + by);
        await settle();
      };
      await push('mouse', 300);
      await push('touch', 20);
      await push('touch', 300, 'pointercancel');
      expect(toasts()).to.deep.equal(['a']);
      expect(one('#toasts li').style.translate).to.equal('');
      await push('touch', -300);
      expect(toasts()).to.deep.equal([]);
      expect(inbox()).to.deep.equal(['a']);
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

  describe('outside the page', () => {
    const real = { Notification: window.Notification, title: document.title };
    let shown: { title: string; options: NotificationOptions; onclick?: () => void }[];

    const allow = (permission: NotificationPermission) => {
      shown = [];
      class Fake {
        static permission = permission;
        static requestPermission = async () => {
          Fake.permission = 'granted';
        };
        close = () => {};
        onclick?: () => void;
        constructor(title: string, options: NotificationOptions) {
          shown.push(Object.assign(this, { title, options }));
        }
      }
      Object.assign(window, { Notification: Fake });
    };
    const hide = (hidden: boolean) =>
      Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
    const outside = async (template: ReturnType<typeof html>) => {
      await show(template);
      // What is fetched for it.
      await import('../../extras/outside-page.ts');
      await nextFrame();
      await settle();
    };
    beforeEach(() => {
      document.title = 'Orders';
    });
    afterEach(() => {
      Object.assign(window, { Notification: real.Notification });
      document.title = real.title;
      Reflect.deleteProperty(document, 'hidden');
    });

    it('the title of the page counts the unread ones, and leaves it to the page', async () => {
      start();
      await outside(html`<ws-notifications title-badge url=${server.url}></ws-notifications>`);
      expect(document.title).to.equal('Orders');
      await notify({ title: 'a' });
      expect(document.title).to.equal('(1) Orders');
      document.title = 'Customers';
      await notify({ title: 'b' });
      expect(document.title).to.equal('(2) Customers');
      element.markRead();
      await settle();
      expect(document.title).to.equal('Customers');
      await notify({ title: 'c' });
      element.remove();
      await element.updateComplete;
      expect(document.title).to.equal('Customers');
    });

    it('asks for permission at a click alone, and only when the page wants it', async () => {
      allow('default');
      start();
      await outside(html`<ws-notifications url=${server.url}></ws-notifications>`);
      await open();
      expect(all('[part=device]')).to.deep.equal([]);
      element.desktop = true;
      await import('../../extras/outside-page.ts');
      await nextFrame();
      await settle();
      expect(Notification.permission).to.equal('default');
      await expect(element).to.be.accessible();
      await press('[part=device]');
      await settle();
      expect(Notification.permission).to.equal('granted');
      expect(all('[part=device]')).to.deep.equal([]);
    });

    it('the browser shows what comes while the page is hidden, once on a device', async () => {
      allow('granted');
      start();
      await outside(html`<ws-notifications desktop url=${server.url}></ws-notifications>`);
      await notify({ title: 'seen' });
      hide(true);
      await notify({ id: 'n1', title: 'a', message: 'text', priority: 'high', link: '#order' });
      await notify({ title: 'b', priority: 'low' });
      expect(shown.map(({ title, options }) => [title, options.body, options.tag])).to.deep.equal([
        ['a', 'text', 'n1'],
      ]);
      const heard = listen('ws-notification-click', (event) => event.preventDefault());
      shown[0]?.onclick?.();
      expect(heard.map(({ title }) => title)).to.deep.equal(['a']);
      expect(element.notifications.find(({ id }) => id === 'n1')?.read).to.equal(true);
    });

    it('the browser shows nothing that was not allowed', async () => {
      allow('denied');
      start();
      await outside(html`<ws-notifications desktop url=${server.url}></ws-notifications>`);
      hide(true);
      await notify({ title: 'a' });
      expect(shown).to.deep.equal([]);
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
    await notify({ title: 'without a link', actions: [{ label: 'Approve' }, { label: 'Open', link: '/a' }] });
    await expect(element).to.be.accessible();
    await press('[part=new]');
    await expect(element).to.be.accessible();
    await press('[part=filter]');
    await expect(element).to.be.accessible();
    await press('[part=read-all]');
    await expect(element).to.be.accessible();
    await press('[part=bell]');
    for (const title of ['a', 'b', 'c', 'd']) await notify({ title, priority: 'high' });
    await expect(element).to.be.accessible();
  });

  it('is accessible inline and empty, and once nothing unread is left to show', async () => {
    start();
    await show(html`<ws-notifications inline url=${server.url}></ws-notifications>`);
    expect(one('[part=empty]').checkVisibility()).to.equal(true);
    await expect(element).to.be.accessible();
    await notify({ title: 'a', read: true });
    await press('[part=filter]');
    expect(inbox()).to.deep.equal([]);
    await expect(element).to.be.accessible();
  });

  it('is accessible with more than 99 unread ones', async () => {
    start();
    await show();
    for (let n = 0; n < 100; n++) server.publish('user:7', { type: 'notification', title: `${n}` });
    await settle();
    expect(texts('[part=badge]')).to.deep.equal(['99+']);
    await expect(element).to.be.accessible();
  });

  it('is accessible in the dark', async () => {
    start();
    await show();
    const page = element.parentElement as HTMLElement;
    page.style.colorScheme = 'dark';
    page.style.background = 'Canvas';
    const actions = [{ label: 'Approve' }, { label: 'Open', link: '/a' }];
    for (const priority of ['low', 'normal', 'high'])
      await notify({ title: priority, message: 'text', priority, link: '/a', actions });
    expect(toasts()).to.deep.equal(['high', 'normal']);
    await expect(element).to.be.accessible();
    await open();
    element.markRead(element.notifications[0]);
    await settle();
    expect(all('#inbox [part~=unread]')).to.have.length(2);
    await expect(element).to.be.accessible();
  });
});
