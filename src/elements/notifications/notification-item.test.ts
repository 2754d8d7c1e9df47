import { expect } from '@open-wc/testing';
import { readNotification } from './notification-item.ts';

const base = 'https://shop.example/orders/';
const now = Date.parse('2025-03-04T12:00:00Z');
const read = (fields: object) => readNotification({ type: 'notification', ...fields }, base, now);

describe('readNotification', () => {
  it('reads the documented fields', () => {
    const publication = {
      type: 'notification',
      title: 'New Order',
      message: 'You have received a new order #12345',
      timestamp: '2025-03-04T11:59:00.000Z',
      priority: 'high',
    };
    expect(readNotification(publication, base, now)).to.deep.equal({
      id: undefined,
      title: 'New Order',
      message: 'You have received a new order #12345',
      priority: 'high',
      timestamp: '2025-03-04T11:59:00.000Z',
      link: undefined,
      actions: [],
      read: false,
      publication,
    });
  });

  it('reads at most three actions that have words, and none but safe links in them', () => {
    const actions = [
      null,
      'Approve',
      { label: ' ' },
      { label: 'Approve', name: 'approve' },
      { label: 'Open', link: '/orders/7' },
      { label: 'Run', url: 'javascript:alert(1)' },
      { label: 'Fourth' },
    ];
    expect(read({ title: 'a', actions })?.actions).to.deep.equal([
      { name: 'approve', label: 'Approve', link: undefined },
      { name: undefined, label: 'Open', link: 'https://shop.example/orders/7' },
      { name: undefined, label: 'Run', link: undefined },
    ]);
    for (const wrong of [undefined, null, 'x', 7, { label: 'a' }]) {
      expect(read({ title: 'a', actions: wrong })?.actions).to.deep.equal([]);
    }
  });

  it('knows it by its id, else by its place on its channel', () => {
    const at = { title: 'a', channel: 'user:7', offset: 3 };
    const ids = [{ ...at, id: 'x' }, { ...at, id: 5 }, at, { title: 'a' }].map(
      (fields) => readNotification({ type: 'notification', ...fields } as never, base, now, 'e1')?.id,
    );
    expect(ids).to.deep.equal(['x', '5', 'user:7 e1:3', undefined]);
  });

  it('takes any priority that it does not know as normal', () => {
    const priorities = ['low', 'normal', 'high', 'urgent', '', 3, null, undefined, 'constructor'];
    expect(priorities.map((priority) => read({ title: 'a', priority })?.priority)).to.deep.equal([
      'low',
      'normal',
      'high',
      ...Array(6).fill('normal'),
    ]);
  });

  it('makes a heading of the message where there is no title', () => {
    expect(read({ message: 'Hello' })).to.include({ title: 'Hello', message: '' });
    expect(read({ title: '  ', message: 42 })).to.include({ title: '42', message: '' });
  });

  it('shows nothing where there is no text', () => {
    for (const fields of [{}, { title: '', message: ' ' }, { title: {}, message: ['a'] }, { title: null }]) {
      expect(read(fields)).to.equal(undefined);
    }
  });

  it('reads the plain timestamp as UTC', () => {
    expect(read({ title: 'a', timestamp: '2025-03-04 10:00:00' })?.timestamp).to.equal(
      '2025-03-04T10:00:00.000Z',
    );
  });

  it('takes its arrival where the time is missing, wrong or still to come', () => {
    for (const timestamp of [undefined, 'yesterday', {}, '2030-01-01T00:00:00.000Z']) {
      expect(read({ title: 'a', timestamp })?.timestamp).to.equal('2025-03-04T12:00:00.000Z');
    }
  });

  it('takes its link from link or url', () => {
    expect(read({ title: 'a', link: '7' })?.link).to.equal('https://shop.example/orders/7');
    expect(read({ title: 'a', url: '/x' })?.link).to.equal('https://shop.example/x');
    expect(read({ title: 'a', link: 'javascript:alert(1)', url: '/x' })?.link).to.equal(
      'https://shop.example/x',
    );
  });
});
