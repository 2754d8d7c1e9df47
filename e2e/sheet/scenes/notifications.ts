import type { Play, Scene, Scenes } from '../scene.ts';
import type { Words } from '../words.ts';
import { notified } from './said.ts';

const html = '<ws-notifications></ws-notifications>';
const silent = '<ws-notifications no-toasts></ws-notifications>';
const badge = '[part=badge]';
const toast = '#toasts [part~=item]';

/** Every state of `<ws-notifications>`. */
export const notifications: Scenes = {
  element: 'ws-notifications',
  height: 360,
  scenes(words: Words): Scene[] {
    const { order, stock, report, long } = words;
    const some = [
      notified(report, { priority: 'low', minutes: 26 * 60 }),
      notified(stock, { minutes: 95, link: '/stock' }),
      notified(order, { priority: 'high', minutes: 3 }),
    ];
    return [
      { name: 'Bell', alike: true, html, until: '[part=bell]', height: 84 },
      { name: 'Bell, 3 unread', alike: true, html: silent, server: { says: some }, until: badge, height: 84 },
      {
        name: 'Bell, over 99 unread',
        alike: true,
        html: silent,
        server: { says: Array.from({ length: 100 }, (_, minutes) => notified(order, { minutes })) },
        until: `${badge}:text("99+")`,
        height: 84,
      },
      { name: 'Inbox, empty', html, until: '[part=bell]', act: open, height: 220 },
      { name: 'Inbox, unread', html: silent, server: { says: some }, until: badge, act: open },
      {
        name: 'Inbox, one read',
        alike: true,
        html: silent,
        server: { says: some },
        until: badge,
        async act(play) {
          await open(play);
          await play.page.locator('[part=read]').first().click();
        },
      },
      {
        name: 'Inbox, all read',
        alike: true,
        html: silent,
        server: { says: some },
        until: badge,
        async act(play) {
          await open(play);
          await play.page.locator('[part=read-all]').click();
        },
      },
      {
        name: 'Inbox, actions',
        html: silent,
        server: {
          says: [
            notified(report, { minutes: 26 * 60, link: '/report' }),
            notified(order, {
              priority: 'high',
              actions: [{ label: stock.title }, { label: order.title, link: '/1' }],
            }),
          ],
        },
        until: badge,
        act: open,
      },
      {
        name: 'Inbox, the unread ones only',
        alike: true,
        html: silent,
        server: { says: some },
        until: badge,
        async act(play) {
          await open(play);
          await play.page.locator('[part=filter]').click();
        },
      },
      {
        name: 'In the page',
        html: '<ws-notifications inline></ws-notifications>',
        server: { says: some },
        until: '[part~=item]',
      },
      {
        name: 'Toast, actions',
        alike: true,
        html,
        server: {
          says: [notified(order, { actions: [{ label: stock.title }, { label: report.title, link: '/1' }] })],
        },
        until: toast,
        height: 220,
      },
      {
        name: 'Inbox, long texts',
        alike: true,
        html: silent,
        server: { says: [notified(long, { priority: 'high' }), notified({ ...long, message: '' })] },
        until: badge,
        act: open,
        height: 480,
      },
      {
        name: 'Toast, normal',
        alike: true,
        html,
        server: { says: [notified(stock, { link: '/stock' })] },
        until: toast,
        height: 220,
      },
      {
        name: 'Toast, high',
        alike: true,
        html,
        server: { says: [notified(order, { priority: 'high' })] },
        until: toast,
        height: 220,
      },
      {
        name: 'Toast, long',
        alike: true,
        html,
        server: { says: [notified(long)] },
        until: toast,
        height: 360,
      },
      {
        name: 'Toasts, and more',
        html,
        server: {
          says: [
            ...['high', 'normal', 'normal', 'normal', 'high'].map((priority, index) =>
              notified(index % 2 ? stock : order, {
                priority: priority as 'high' | 'normal',
                minutes: index,
              }),
            ),
          ],
        },
        until: '[part=more]',
        height: 460,
      },
    ];
  },
};

async function open({ page }: Play): Promise<void> {
  await page.locator('[part=bell]').click();
  await page.locator('[part=inbox]').waitFor();
}
