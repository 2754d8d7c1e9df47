import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, describe, it } from 'node:test';
import { message, say, untilStatus } from './support/elements.ts';
import { randomSecret, script, signToken } from './support/site.ts';
import { Stage } from './support/stage.ts';

const status = '<ws-status-indicator controls></ws-status-indicator>';
const chat = '<ws-chat channel="lobby"></ws-chat>';

describe('the connection of a page', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.start();
  });
  afterEach(() => stage.reset());
  after(() => stage.close());

  it('is shown, and the user may end it and take it up again', async () => {
    const { page } = await stage.open(status, 'ana');
    await untilStatus(page, 'Connected');
    await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
    await untilStatus(page, 'Disconnected');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await untilStatus(page, 'Connected');
  });

  it('heals by itself when the server is started again', async () => {
    const { page } = await stage.open(status + chat, 'ana');
    await untilStatus(page, 'Connected');
    await stage.stopServer();
    await untilStatus(page, /Reconnecting in \d+ s/);
    await say(page, 'Written while the server was down');
    await stage.startServerAgain();
    await untilStatus(page, 'Connected');
    await page.locator('ws-chat').getByRole('img', { name: 'Sent' }).waitFor();
    assert.equal(await message(page, 'Written while the server was down').count(), 1);
  });

  it('is one, however many elements are on the page', async () => {
    const { context } = await stage.visitor();
    const page = await context.newPage();
    let sockets = 0;
    page.on('websocket', () => sockets++);
    const elements = `${status}${chat}<ws-chat channel="support"></ws-chat><ws-notifications></ws-notifications>`;
    await page.goto(stage.site.page('/one', { head: stage.tag('ana'), body: elements }));
    await untilStatus(page, 'Connected');
    await page.getByText('1 person').waitFor();
    assert.equal(sockets, 1);
  });

  it('renews its token before it expires, on the same socket', async () => {
    const { context, watch } = await stage.visitor();
    const page = await context.newPage();
    const sockets: string[] = [];
    const renewed = new Promise<void>((resolve) => {
      page.on('websocket', (socket) => {
        sockets.push(socket.url());
        const isWaiting = new Set<string>();
        socket.on('framesent', ({ payload }) => {
          const frame = JSON.parse(String(payload));
          if (frame.type === 'auth') isWaiting.add(frame.id);
        });
        socket.on('framereceived', ({ payload }) => {
          const frame = JSON.parse(String(payload));
          if (frame.type === 'ack' && isWaiting.has(frame.id)) resolve();
        });
      });
    });
    // The page's clock is moved instead of a short life waited for: on a busy machine that would end before it is renewed.
    await page.clock.install();
    const head = stage.tag('ana', { life: 600 });
    await page.goto(stage.site.page('/renewal', { head, body: status + chat }));
    await untilStatus(page, 'Connected');
    await page.clock.fastForward('08:01');
    await renewed;
    await say(page, 'Still here');
    await page.locator('ws-chat').getByRole('img', { name: 'Sent' }).waitFor();
    assert.equal(sockets.length, 1);
    assert.deepEqual(watch.problems, []);
  });

  it('is refused in words when the token is wrong', async () => {
    const wrong = await signToken('ana', randomSecret());
    const { context } = await stage.visitor();
    const page = await context.newPage();
    const head = `<script src="/assets/ws-elements.js" data-url="${stage.wsUrl}" data-token="${wrong}" defer></script>`;
    await page.goto(stage.site.page('/refused', { head, body: status + chat }));
    await untilStatus(page, 'Sign-in expired. Reload the page.');
    await page.locator('ws-chat').getByText('Sign-in expired.').first().waitFor();
    assert.equal(await page.locator('ws-chat').getByRole('textbox').isDisabled(), true);
  });

  it('is refused in words where no token is brought and one is needed', async () => {
    const { page } = await stage.open(status);
    await untilStatus(page, 'Sign-in expired. Reload the page.');
  });

  it('takes attributes that came before the script, after it, and that change', async () => {
    const { context, watch } = await stage.visitor();
    const page = await context.newPage();
    const body = `<ws-status-indicator url="${stage.wsUrl}" token-url="/token?user=ana"></ws-status-indicator>`;
    const address = stage.site.page('/attributes', {
      head: '<script src="/assets/ws-elements.js" defer></script>',
      body: `${body}<ws-connection><ws-chat channel="lobby"></ws-chat></ws-connection>`,
    });
    await page.goto(address);
    await untilStatus(page, 'Connected');
    const provider = page.locator('ws-connection');
    await provider.evaluate((element, url) => {
      element.setAttribute('token-url', '/token?user=ben');
      element.setAttribute('url', url);
    }, stage.wsUrl);
    await page.getByText('1 person').waitFor();
    await say(page, 'As Ben');
    await page.locator('ws-chat').getByRole('img', { name: 'Sent' }).waitFor();
    await provider.evaluate((element) => element.setAttribute('token-url', '/token?user=ana'));
    // For another person it is another's.
    await page.locator('ws-chat [part~=own]').first().waitFor({ state: 'detached' });
    await message(page, 'As Ben').waitFor();
    await page.getByText('1 person').waitFor();
    // The `ws-connection` had no address at first, so the page's own origin was asked.
    watch.forget(/WebSocket connection to 'ws:\/\/127\.0\.0\.1:\d+\/ws\?/);
    assert.deepEqual(watch.problems, []);
  });

  it('is on the page that the script tag follows', async () => {
    const { context, watch } = await stage.visitor();
    const page = await context.newPage();
    const tag = stage.tag('ana').replace(' defer', '');
    await page.goto(stage.site.page('/late', { body: `${status}${chat}${tag}` }));
    await untilStatus(page, 'Connected');
    assert.deepEqual(watch.problems, []);
  });
});

describe('the script, loaded twice', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.start({ anonymous: true });
  });
  afterEach(() => stage.reset());
  after(() => stage.close());

  const open = async (second: string) => {
    const { context, watch } = await stage.visitor();
    const page = await context.newPage();
    const head = `${stage.tag()}<script src="${second}" defer></script>`;
    await page.goto(stage.site.page('/twice', { head, body: status + chat }));
    await untilStatus(page, 'Connected');
    await page.getByText('1 person').waitFor();
    return watch.problems;
  };

  it('is silent where the version is the same', async () => {
    assert.deepEqual(await open('/assets/ws-elements.js?again'), []);
  });

  it('warns once where it is another, and names both', async () => {
    const { version, source } = await otherVersion();
    stage.site.file('other.js', source);
    const problems = await open('/files/other.js');
    assert.equal(problems.length, 1, problems.join('\n'));
    assert.match(problems[0] ?? '', /^console warning: /);
    assert.ok(problems[0]?.includes(version) && problems[0].includes('9.9.9'), problems[0]);
  });
});

/** The bundle as it would be in another version. */
async function otherVersion(): Promise<{ version: string; source: string }> {
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
  const source = await readFile(script, 'utf8');
  assert.ok(source.includes(version), 'the bundle says its version');
  return { version, source: source.replaceAll(version, '9.9.9') };
}

describe('a page that comes back from the back/forward cache', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.start({}, { backForwardCache: true });
  });
  after(() => stage.close());

  it('is connected again, and its chat goes on', async () => {
    const { page } = await stage.open(status + chat, 'ana');
    await untilStatus(page, 'Connected');
    await say(page, 'Before');
    await message(page, 'Before').waitFor();
    await page.evaluate(() => {
      addEventListener('pageshow', (event) => {
        document.body.dataset.restored = String(event.persisted);
      });
    });

    await page.goto(stage.site.page('/elsewhere', { body: '<p>Elsewhere</p>' }));
    await page.evaluate(() => history.back());
    await page.locator('body[data-restored="true"]').waitFor();

    await untilStatus(page, 'Connected');
    await say(page, 'After');
    await page.locator('ws-chat').getByRole('img', { name: 'Sent' }).nth(1).waitFor();
    assert.equal(await message(page, 'Before').count(), 1);
  });

  it('sends what the page before it could not, and each message once', async () => {
    await stage.reset();
    const { page } = await stage.open(status + chat, 'ana');
    await untilStatus(page, 'Connected');
    await page.evaluate(() => {
      addEventListener('pageshow', (event) => {
        document.body.dataset.restored = String(event.persisted);
      });
    });

    await page.goto(stage.site.page('/second', { head: stage.tag('ana'), body: status + chat }));
    await untilStatus(page, 'Connected');
    await stage.stopServer();
    await say(page, 'Written without a connection');
    await message(page, 'Written without a connection').waitFor();
    await page.evaluate(() => history.back());
    await page.locator('body[data-restored="true"]').waitFor();
    await stage.startServerAgain();
    await untilStatus(page, 'Connected');
    await page.locator('ws-chat').getByRole('img', { name: 'Sent' }).waitFor();

    await say(page, 'After');
    await page.locator('ws-chat').getByRole('img', { name: 'Sent' }).nth(1).waitFor();
    await page.evaluate(() => history.forward());
    await page.waitForURL('**/second', { waitUntil: 'commit' });
    await untilStatus(page, 'Connected');
    await message(page, 'After').waitFor();
    const { publications } = await stage.read<{ publications: { message: string }[] }>(
      'history?channel=lobby',
    );
    assert.deepEqual(
      publications.map(({ message }) => message),
      ['Written without a connection', 'After'],
    );
  });
});
