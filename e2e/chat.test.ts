import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { field, message, say, transcript, untilStatus } from './support/elements.ts';
import { PlainClient } from './support/plain-client.ts';
import { Stage } from './support/stage.ts';

const body = '<ws-status-indicator></ws-status-indicator><ws-chat channel="lobby"></ws-chat>';

describe('a chat in two windows', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.start({ anonymous: true });
  });
  afterEach(() => stage.reset());
  after(() => stage.close());

  const openBoth = async () => {
    const [ana, ben] = await Promise.all([stage.open(body, 'ana'), stage.open(body, 'ben')]);
    await Promise.all([ana, ben].map(({ page }) => untilStatus(page, 'Connected')));
    // Whoever is listed has subscribed.
    for (const { page } of [ana, ben]) await page.getByText('2 people').waitFor();
    return { ana, ben };
  };

  it('goes both ways, with the sender’s name, and each message stands there once', async () => {
    const { ana, ben } = await openBoth();
    await say(ana.page, 'Is the espresso packed?');
    await message(ben.page, 'Is the espresso packed?').waitFor();
    await say(ben.page, 'It is. <b>Two</b> boxes & a kettle.');
    await message(ana.page, 'It is. <b>Two</b> boxes & a kettle.').waitFor();

    const both = ['Is the espresso packed?', 'It is. <b>Two</b> boxes & a kettle.'];
    assert.deepEqual(await transcript(ana.page), both);
    assert.deepEqual(await transcript(ben.page), both);
    await ben.page.locator('ws-chat [part~=name]', { hasText: 'Ana' }).waitFor();
    await ana.page.locator('ws-chat').getByRole('img', { name: 'Sent' }).waitFor();
    assert.deepEqual([...ana.watch.problems, ...ben.watch.problems], []);
  });

  it('heals after a cut, and delivers once, in order, what was written meanwhile', async () => {
    const { ana, ben } = await openBoth();
    await say(ana.page, 'one');
    await message(ben.page, 'one').waitFor();

    assert.equal(stage.wire.cut('ana', 1_500), 1);
    await untilStatus(ana.page, 'Reconnecting');
    await say(ana.page, 'two');
    await say(ana.page, 'three');
    await ana.page.locator('ws-chat').getByRole('img', { name: 'Sending' }).first().waitFor();
    await untilStatus(ana.page, 'Connected');
    await message(ben.page, 'three').waitFor();
    await say(ben.page, 'four');
    await message(ana.page, 'four').waitFor();

    const all = ['one', 'two', 'three', 'four'];
    assert.deepEqual(await transcript(ben.page), all);
    assert.deepEqual(await transcript(ana.page), all);
    assert.equal(await ana.page.locator('ws-chat').getByRole('img', { name: 'Sending' }).count(), 0);
  });

  it('shows who is typing', async () => {
    const { ana, ben } = await openBoth();
    await field(ana.page).pressSequentially('Hel');
    await ben.page.locator('ws-chat').getByText('Ana is typing').waitFor();
    await say(ana.page, 'Hello');
    await ben.page.locator('ws-chat').getByText('Ana is typing').waitFor({ state: 'detached' });
  });

  it('says who came and who left', async () => {
    const { ana, ben } = await openBoth();
    const { page: third } = await stage.open(body, 'cleo');
    await ana.page
      .locator('ws-chat')
      .getByText(/Cleo.* joined/)
      .waitFor();
    await third.close();
    await ben.page
      .locator('ws-chat')
      .getByText(/Cleo.* left/)
      .waitFor();
  });

  it('talks with a plain WebSocket client, which knows nothing of our protocol', async () => {
    const { page, watch } = await stage.open(body);
    await untilStatus(page, 'Connected');
    await page.getByText('1 person').waitFor();
    const plain = await PlainClient.connect(stage.server.url);
    assert.deepEqual(Object.keys(plain.frames[0] ?? {}).sort(), ['clientId', 'message', 'type']);

    plain.say('Hello from a socket');
    await message(page, 'Hello from a socket').waitFor();
    await say(page, 'Hello from the page');
    await plain.until((frame) => frame.message === 'Hello from the page');
    assert.deepEqual(
      plain.frames.slice(1).map((frame) => frame.message),
      ['Hello from a socket', 'Hello from the page'],
      'its own is echoed',
    );
    for (const frame of plain.frames.slice(1)) {
      assert.deepEqual(Object.keys(frame).sort(), ['clientId', 'message', 'timestamp', 'type']);
      assert.match(String(frame.timestamp), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    }
    plain.close();
    assert.deepEqual(watch.problems, []);
  });
});
