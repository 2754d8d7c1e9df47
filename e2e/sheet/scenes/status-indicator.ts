import { CloseCode } from '../../../protocol/src/close-codes.ts';
import type { Play, Scene, Scenes } from '../scene.ts';

interface Global {
  WsElements: typeof import('../../../src/index.ts');
}

const html = '<ws-status-indicator></ws-status-indicator>';
const banner = '<ws-status-indicator banner></ws-status-indicator>';
const connected = '[part~=connected]';

/** Every state of `<ws-status-indicator>`. */
export const statusIndicator: Scenes = {
  element: 'ws-status-indicator',
  height: 96,
  scenes(): Scene[] {
    const reconnecting = { until: connected, act: reconnect };
    const refused = { server: { refuses: CloseCode.InvalidAuthentication }, until: '[part~=refused]' };
    return [
      { name: 'Connected', alike: true, html, until: connected },
      { name: 'Connecting', alike: true, html, server: { silent: true }, until: '[part~=connecting]' },
      { name: 'Reconnecting', alike: true, html, ...reconnecting },
      { name: 'Disconnected', alike: true, html, until: connected, act: disconnect },
      { name: 'Offline', alike: true, html, until: connected, act: goOffline },
      { name: 'Refused', html, ...refused },
      { name: 'Dot', alike: true, html: html.replace('>', ' show="dot">'), until: connected },
      { name: 'Dot, reconnecting', alike: true, html: html.replace('>', ' show="dot">'), ...reconnecting },
      { name: 'Text', alike: true, html: html.replace('>', ' show="text">'), until: '[part=label]' },
      { name: 'Latency', html: html.replace('>', ' latency>'), until: connected, act: ping },
      { name: 'Controls', alike: true, html: html.replace('>', ' controls>'), until: connected },
      { name: 'Controls, reconnecting', html: html.replace('>', ' controls>'), ...reconnecting },
      {
        name: 'Controls, disconnected',
        alike: true,
        html: html.replace('>', ' controls>'),
        until: connected,
        act: disconnect,
      },
      { name: 'Controls, refused', alike: true, html: html.replace('>', ' controls>'), ...refused },
      {
        name: 'Banner, reconnecting',
        html: banner,
        until: 'ws-status-indicator',
        height: 150,
        async act(play) {
          await whenConnected(play);
          play.end({ code: CloseCode.Restart, after: 24_000 });
          await play.page.locator('[part=banner]').waitFor();
        },
      },
      {
        name: 'Banner, offline',
        alike: true,
        html: banner,
        until: 'ws-status-indicator',
        height: 150,
        async act(play) {
          await whenConnected(play);
          await goOffline(play);
          await play.page.locator('[part=banner]').waitFor();
        },
      },
      {
        name: 'Banner, refused',
        alike: true,
        html: banner,
        server: { refuses: CloseCode.OriginNotAllowed },
        until: '[part=banner]',
        height: 150,
      },
    ];
  },
};

/** Cut off, and nine seconds later. */
async function reconnect({ page, end }: Play): Promise<void> {
  end({ code: CloseCode.Restart, after: 24_000 });
  await page.locator('[part~=reconnecting]').waitFor();
  await page.locator('body').evaluate(() => {
    const { now } = Date;
    Date.now = () => now() + 9000;
  });
  await page.locator('[stroke-dasharray^="6"]').waitFor();
}

/** A round trip of 38 ms, which a clock that stands still cannot measure. */
async function ping({ page }: Play): Promise<void> {
  await page.locator('body').evaluate(() => {
    const connection = (globalThis as unknown as Global).WsElements.connect();
    Object.defineProperty(connection, 'latency', { get: () => 38, set() {} });
    connection.release();
  });
  await page.getByText('38').waitFor();
}

async function disconnect({ page }: Play): Promise<void> {
  await page.locator('body').evaluate(() => {
    (globalThis as unknown as Global).WsElements.connect().disconnect();
  });
  await page.locator('[part~=disconnected]').waitFor();
}

/** As a browser without a network tells it. */
async function goOffline({ page, end }: Play): Promise<void> {
  await page.locator('body').evaluate(() => {
    Object.defineProperty(navigator, 'onLine', { get: () => false });
  });
  end({ code: CloseCode.Restart, after: 24_000 });
}

/** A banner shows nothing then. */
async function whenConnected({ page }: Play): Promise<void> {
  await page.locator('body').evaluate(async () => {
    const connection = (globalThis as unknown as Global).WsElements.connect();
    if (connection.state !== 'connected') {
      await new Promise((resolve) => connection.onStatusChange(resolve));
    }
    connection.release();
  });
}
