import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { buildDocs } from '../scripts/docs/build.ts';
import type { Example } from '../scripts/docs/examples.ts';
import { DocsStage, untilDrawn } from './support/docs-stage.ts';
import type { Watch } from './support/watch.ts';

const site = buildDocs();

/** Writes into an example's chat and presses Enter. */
const say = async (example: Locator, text: string) => {
  const field = example.getByRole('textbox').first();
  await field.fill(text);
  await field.press('Enter');
};
const untilConnected = (example: Locator) =>
  example.getByRole('img', { name: 'Connected' }).first().waitFor();
const styleOf = (locator: Locator, property: string) =>
  locator.first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

/** What an example is there for, by page and heading; beyond what every example has to do. */
const purposes: Record<string, (example: Locator) => Promise<unknown>> = {
  'elements/ws-chat#Name a channel': (example) => example.getByText('orders', { exact: true }).waitFor(),
  'elements/ws-chat#Say what it is about': (example) =>
    example.getByText('Order #12345', { exact: true }).waitFor(),
  'elements/ws-chat#Write to it from PHP': (example) =>
    example.getByRole('link', { name: 'https://shop.example/p/123' }).waitFor(),
  'elements/ws-chat#Give it a height': async (example) =>
    assert.equal(
      await example.locator('ws-chat').evaluate((chat) => chat.getBoundingClientRect().height),
      256,
    ),
  'elements/ws-chat#Let it fill the page': async (example) => {
    const [page, chat] = await Promise.all(
      ['.page', 'ws-chat'].map((name) =>
        example.locator(name).evaluate((element) => element.getBoundingClientRect().bottom),
      ),
    );
    assert.equal(chat, page);
  },
  'elements/ws-chat#Choose what the empty chat says': (example) =>
    example.locator('ws-chat').getByText('Nobody has asked yet').waitFor(),
  'elements/ws-chat#Put something into the header': (example) =>
    example.getByRole('link', { name: 'Order #12345' }).waitFor(),
  'elements/ws-chat#Put something below the field': (example) =>
    example.locator('ws-chat').getByText('No passwords').waitFor(),
  'elements/ws-chat#Let people read only': (example) =>
    example.getByRole('textbox').waitFor({ state: 'hidden' }),
  'elements/ws-chat#Draw avatars': (example) =>
    example.locator('img.loaded[src$="people/ben.svg"]').waitFor(),
  'elements/ws-chat#Draw messages of your own kind': (example) =>
    example.locator('ws-chat .order', { hasText: '€ 99.90' }).waitFor(),
  'elements/ws-chat#Style own messages': async (example) => {
    await say(example, 'Green');
    const bubble = example.locator('[part~=bubble]', { hasText: 'Green' });
    await bubble.waitFor();
    assert.equal(await styleOf(bubble, 'background-color'), 'rgb(26, 107, 69)');
    assert.equal(await styleOf(bubble, 'border-radius'), '4px');
  },
  'elements/ws-chat#Style everyone’s messages': async (example) =>
    assert.equal(await styleOf(example.locator('[part~=bubble]'), 'border-start-start-radius'), '2px'),
  'elements/ws-chat#Stop a message before it is sent': async (example) => {
    await say(example, '4111 1111 1111 1111');
    await example.getByText('Not sent: that looks like').waitFor();
    assert.equal(await example.getByRole('textbox').inputValue(), '4111 1111 1111 1111');
    assert.equal(await example.locator('[part~=bubble]').count(), 0);
    await say(example, 'Hello');
    await example.getByRole('img', { name: 'Sent' }).waitFor();
  },
  'elements/ws-chat#Do something when a message comes': (example) =>
    example.locator('#count', { hasText: /^1$/ }).waitFor(),
  'elements/ws-chat#Move the cursor into the field': async (example) => {
    await example.getByRole('button', { name: 'Ask us' }).click();
    await example.locator('textarea:focus').waitFor();
  },
  'elements/ws-connection#Sign someone in': async (example) => {
    await say(example, 'It is me');
    await example.getByRole('img', { name: 'Sent' }).waitFor();
  },
  'elements/ws-connection#Be two people on one page': async (example) => {
    await say(example, 'From Ana');
    const other = example.locator('ws-chat').nth(1);
    await other.locator('[part~=bubble]', { hasText: 'From Ana' }).waitFor();
    await other.locator('[part~=name]', { hasText: 'Ana' }).waitFor();
  },
  'elements/ws-connection#Use the connection in your own script': (example) =>
    example.getByRole('cell', { name: '99.90' }).waitFor(),
  'elements/ws-notifications#<ws-notifications>': (example) =>
    example.getByRole('button', { name: 'Notifications: 1 unread' }).waitFor(),
  'elements/ws-notifications#Lead somewhere': (example) =>
    example.getByRole('link', { name: 'Parcel is on its way' }).waitFor(),
  'elements/ws-notifications#Show no toasts': (example) => noToast(example, 'Notifications'),
  'elements/ws-notifications#Name it': (example) => example.getByRole('button', { name: 'Orders' }).waitFor(),
  'elements/ws-notifications#Draw another bell': (example) =>
    example.getByRole('button', { name: 'Post' }).getByText('✉').or(example.getByText('✉')).first().waitFor(),
  'elements/ws-notifications#Choose what the empty inbox says': async (example) => {
    await example.getByRole('button', { name: 'Notifications' }).click();
    await example.getByText('All quiet in the shop.').waitFor();
    await example.page().keyboard.press('Escape');
  },
  'elements/ws-notifications#Decide yourself what becomes a toast': (example) =>
    noToast(example, 'Notifications'),
  'elements/ws-notifications#Style it': async (example) =>
    assert.equal(await styleOf(example.locator('[part~=bell]'), 'border-top-left-radius'), '2px'),
  'elements/ws-status-indicator#<ws-status-indicator>': untilConnected,
  'elements/ws-status-indicator#Show the sign alone': async (example) => {
    await untilConnected(example);
    assert.equal(await example.getByText('Connected', { exact: true }).isVisible(), false);
  },
  'elements/ws-status-indicator#Show the words alone': async (example) => {
    await example.getByText('Connected', { exact: true }).waitFor();
    assert.equal(await example.getByRole('img').count(), 0);
  },
  'elements/ws-status-indicator#Let people disconnect': async (example) => {
    await untilConnected(example);
    await example.getByRole('button', { name: 'Disconnect' }).click();
    await example.getByText('Disconnected').first().waitFor();
    await example.getByRole('button', { name: 'Connect', exact: true }).click();
    await untilConnected(example);
  },
  'elements/ws-status-indicator#Warn across the page': async (example) => {
    await untilConnected(example);
    await example.getByRole('button', { name: 'Disconnect' }).click();
    await example.getByText('What you see may be out of date.').waitFor();
    await example.locator('[banner]').getByRole('button', { name: 'Connect' }).click();
    await example.getByText('What you see may be out of date.').waitFor({ state: 'hidden' });
  },
  'elements/ws-status-indicator#Show how fast the server answers': (example) =>
    example.getByText(/^\d+ ms$/).waitFor(),
  'elements/ws-status-indicator#Do something when the state changes': async (example) => {
    await untilConnected(example);
    await example.getByRole('button', { name: 'Disconnect' }).click();
    await example.getByText('It was connected and is disconnected.').waitFor();
  },
  'elements/ws-status-indicator#Change its size and colours': async (example) =>
    assert.equal(await styleOf(example.locator('svg'), 'inline-size'), '30px'),
  'theming#Set a token': async (example) =>
    assert.equal(await styleOf(example.locator('ws-chat'), 'background-color'), 'rgb(253, 247, 238)'),
  'theming#Style a part': async (example) =>
    assert.equal(await styleOf(example.locator('[part~=send]'), 'border-radius'), '4px'),
  'theming#Be dark': async (example) =>
    assert.equal(await styleOf(example.locator('ws-chat'), 'background-color'), 'rgb(20, 24, 31)'),
  'localisation#Localisation': async (example) => {
    await example.getByText('Verbunden').first().waitFor();
    await example.getByPlaceholder('Nachricht').waitFor();
  },
  'localisation#Write from right to left': async (example) =>
    assert.equal(await styleOf(example.locator('ws-chat'), 'direction'), 'rtl'),
  'localisation#Change a text': (example) => example.getByText('Ask us anything.').waitFor(),
  'localisation#Add a language': (example) => example.getByText('Nog geen berichten').waitFor(),
};

async function noToast(example: Locator, label: string): Promise<void> {
  await example.getByRole('button', { name: `${label}: 1 unread` }).waitFor();
  assert.equal(await example.locator('[part~=toasts] [part~=item]').count(), 0);
}

describe('the examples of the documentation', () => {
  let stage: DocsStage;
  before(async () => {
    stage = await DocsStage.start(site);
  });
  afterEach(() => stage.reset());
  after(() => stage.close());

  it('has no purpose tested that no example has', () => {
    const there = site.pages.flatMap(({ path, examples }) =>
      examples.map(({ heading }) => `${path}#${heading}`),
    );
    assert.deepEqual(
      Object.keys(purposes).filter((purpose) => !there.includes(purpose.replace('’', "'"))),
      [],
    );
  });

  for (const { path, examples } of site.pages.filter(({ examples }) => examples.length)) {
    it(`do what they are there for: ${path}`, async () => {
      const { page, watch } = await stage.open(`${path}.html`);
      for (const example of examples) await run(page, path, example, watch);
    });
  }
});

async function run(page: Page, path: string, { id, heading, publish }: Example, watch: Watch): Promise<void> {
  const name = `${path}#${heading}`;
  const example = page.locator(`#${id} .live`);
  await untilDrawn(example);
  for (const chat of await example.locator('ws-chat').all()) {
    // Whoever is counted has subscribed: what is published from now on arrives.
    await chat.locator('[part=people]').waitFor();
  }
  if (publish) {
    await page.locator(`#${id} [data-publish]`).click();
    await page.locator(`#${id} .action output`, { hasText: 'Published.' }).waitFor();
    const { title, message } = JSON.parse(publish).data;
    if (title || message)
      await example
        .getByText(title ?? message)
        .first()
        .waitFor({ state: 'attached' });
  }
  try {
    await purposes[name.replace("'", '’')]?.(example);
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
  assert.deepEqual(watch.problems, [], name);
}
