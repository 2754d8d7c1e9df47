import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';

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

const boxOf = (locator: Locator) =>
  locator.first().evaluate((element) => element.getBoundingClientRect().toJSON());

/** What an example is there for, by page and heading; beyond what every example has to do. */
export const purposes: Record<string, (example: Locator) => Promise<unknown>> = {
  'elements/ws-chat#<ws-chat>': async (example) => {
    await say(example, 'Hello');
    await example.getByRole('img', { name: 'Sent' }).waitFor();
  },
  'elements/ws-chat#Name a channel': (example) => example.getByText('orders', { exact: true }).waitFor(),
  'elements/ws-chat#Say what it is about': (example) =>
    example.getByText('Order #12345', { exact: true }).waitFor(),
  'elements/ws-chat#Write to it from PHP': (example) =>
    example.getByRole('link', { name: 'https://shop.example/p/123' }).waitFor(),
  'elements/ws-chat#Begin where the page stands': async (example) => {
    await example.getByText('Then it can go.').waitFor();
    assert.deepEqual(await textsOf(example), [
      'Is the espresso packed?',
      'Two boxes of it.',
      'Then it can go.',
    ]);
    assert.equal(await example.locator('[part=note]', { hasText: 'missing' }).count(), 0);
  },
  'elements/ws-chat#Let people write before the script comes': async (example) => {
    assert.equal(await example.locator('form').isVisible(), false);
    assert.equal(await example.getByRole('textbox').count(), 1);
    assert.deepEqual(await textsOf(example), ['Good morning']);
  },
  'elements/ws-chat#Show what was before': async (example) => {
    await example.locator('[part=messages]').evaluate((list) => list.scrollTo(0, 0));
    await example.getByText('Line 1').waitFor();
    assert.deepEqual(
      await textsOf(example),
      [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `Line ${n}`),
    );
  },
  'rendering#Lose nothing over a page load': async (example) => {
    await example.getByRole('button', { name: 'Disconnect' }).click();
    await say(example, 'Sent by the next page');
    await example.getByRole('img', { name: 'Sending' }).waitFor();
    await example.getByRole('textbox').fill('Half a sentence');
    await example.page().reload();
    await example.getByRole('img', { name: 'Sent' }).waitFor();
    assert.deepEqual(await textsOf(example), ['Sent by the next page']);
    assert.equal(await example.getByRole('textbox').inputValue(), 'Half a sentence');
  },
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
  "elements/ws-chat#Style everyone's messages": async (example) =>
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
  'elements/ws-chat#Help with what was not sent': async (example) => {
    await say(example, 'Let me in');
    await example.getByText('"Let me in" was not sent: forbidden').waitFor();
    await example.getByRole('button', { name: 'Discard' }).click();
    await example.locator('[part~=bubble]').waitFor({ state: 'hidden' });
  },
  'elements/ws-chat#Move the cursor into the field': async (example) => {
    await example.getByRole('button', { name: 'Ask us' }).click();
    await example.locator('textarea:focus').waitFor();
  },
  'elements/ws-connection#<ws-connection>': untilConnected,
  'elements/ws-connection#Sign someone in': async (example) => {
    await say(example, 'It is me');
    await example.getByRole('img', { name: 'Sent' }).waitFor();
  },
  'elements/ws-connection#Name a guest': async (example) => {
    // Others see the name.
    await example.evaluate((place) => {
      const other = Object.assign(document.createElement('ws-chat'), { channel: 'docs/table' });
      place.append(other);
    });
    const people = example.locator('ws-chat').last().locator('[part=people]');
    await people.locator('summary').click();
    await people.getByText('Guest from table 4').waitFor();
  },
  'elements/ws-connection#Be two people on one page': async (example) => {
    await say(example, 'From Ana');
    const other = example.locator('ws-chat').nth(1);
    await other.locator('[part~=bubble]', { hasText: 'From Ana' }).waitFor();
    await other.locator('[part~=name]', { hasText: 'Ana' }).waitFor();
  },
  'elements/ws-connection#Share one socket with other tabs': async (example) => {
    await untilConnected(example);
    await say(example, 'From one of the tabs');
    await example.getByRole('img', { name: 'Sent' }).waitFor();
  },
  'elements/ws-connection#Make a sound in one tab alone': (example) =>
    example.getByText('Sounds made: 1').waitFor(),
  'elements/ws-connection#Use the connection in your own script': (example) =>
    example.getByRole('cell', { name: '99.90' }).waitFor(),
  'elements/ws-notifications#<ws-notifications>': (example) =>
    example.getByRole('button', { name: 'Notifications: 1 unread' }).waitFor(),
  'elements/ws-notifications#Lead somewhere': (example) =>
    example.getByRole('link', { name: 'Parcel is on its way' }).waitFor(),
  'elements/ws-notifications#Offer something to do': async (example) => {
    await example.getByRole('link', { name: 'See it' }).first().waitFor();
    await example.getByRole('button', { name: 'Approve' }).first().click();
    await example.getByText('Approved: order-12345').waitFor();
    await example.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  },
  'elements/ws-notifications#Begin with what the server rendered': async (example) => {
    await example.getByRole('button', { name: 'Notifications: 1 unread' }).click();
    const items = example.getByRole('dialog').getByRole('listitem');
    await items.filter({ hasText: 'High priority' }).getByText('Two lamps for Ms Weber').waitFor();
    await items.getByRole('link', { name: 'Order #12344 waits for you' }).waitFor();
    await items.getByRole('button', { name: 'Backup done', exact: true }).waitFor();
    await example.page().keyboard.press('Escape');
  },
  'elements/ws-notifications#Begin where the page stands': async (example) => {
    await example.getByRole('button', { name: 'Notifications: 2 unread' }).click();
    const titles = example.locator('[part=list] [part=title]');
    assert.deepEqual((await titles.allTextContents()).sort(), [
      'Order #12350 waits for you',
      'Order #12351 waits for you',
    ]);
    await example.page().keyboard.press('Escape');
  },
  'elements/ws-notifications#Tell what came while the user was away': (example) =>
    noToast(example, 'Notifications', 2),
  'elements/ws-notifications#Read once, on any device': async (example) => {
    const other = await example.page().context().newPage();
    await other.goto(example.page().url());
    const there = other.getByRole('region', { name: 'On this device' });
    await there.getByRole('button', { name: 'Mark as read: Sign the contract' }).waitFor();
    await example.getByRole('button', { name: 'Mark as read: Sign the contract' }).click();
    await there.getByRole('button', { name: 'Mark as unread: Sign the contract' }).waitFor();
    await there.getByRole('button', { name: 'Dismiss: Call Ms Weber back' }).click();
    await example.getByText('Call Ms Weber back').waitFor({ state: 'hidden' });
    await example.page().bringToFront();
  },
  'elements/ws-notifications#Keep the inbox in the page': async (example) => {
    await example.getByRole('region', { name: 'Alerts' }).getByText('No bell, no toast.').waitFor();
    assert.equal(await example.locator('[part=bell], [part=toasts] li').count(), 0);
  },
  'elements/ws-notifications#Show the unread ones only': async (example) => {
    const titles = example.locator('[part=list] [part=title]');
    assert.equal(await titles.count(), 3);
    assert.deepEqual(await example.locator('[part=day]').allTextContents(), [
      'Wednesday, March 4, 2026',
      'Tuesday, March 3, 2026',
    ]);
    await example.getByRole('button', { name: 'Unread', exact: true }).click();
    await titles.nth(1).waitFor({ state: 'hidden' });
    assert.deepEqual(await titles.allTextContents(), ['Parcel 3 is on its way']);
  },
  'elements/ws-notifications#Do something when one is dismissed': async (example) => {
    await example.getByRole('button', { name: 'Dismiss: Sign the contract' }).click();
    await example.getByText('Still to do: Sign the contract').waitFor();
    await example.getByRole('button', { name: 'Dismiss: Call Ms Weber back' }).click();
    await example.getByText('Done: Call Ms Weber back').waitFor();
    assert.deepEqual(await example.locator('[part=title]').allTextContents(), ['Sign the contract']);
  },
  'elements/ws-notifications#Choose where the inbox opens': async (example) => {
    const bell = example.getByRole('button', { name: 'Notifications' });
    await bell.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await bell.click();
    const [from, inbox] = await Promise.all([boxOf(bell), boxOf(example.getByRole('dialog'))]);
    assert.ok(inbox.bottom <= from.top, 'above');
    assert.ok(Math.abs(inbox.left - from.left) < 2, 'at the start');
    await example.page().keyboard.press('Escape');
  },
  'elements/ws-notifications#Choose where toasts come': async (example) => {
    const { left, bottom } = await boxOf(example.locator('[part=toasts] li'));
    assert.ok(left < 20, 'at the start');
    assert.ok((example.page().viewportSize()?.height ?? 0) - bottom < 40, 'at the bottom');
  },
  'elements/ws-notifications#Show no toasts': (example) => noToast(example, 'Notifications'),
  'elements/ws-notifications#Choose how long toasts stay': async (example) => {
    const toast = example.locator('[part=toasts] li');
    await toast.waitFor();
    // Less than the time that a toast has otherwise.
    await toast.waitFor({ state: 'hidden', timeout: 5000 });
    await example.getByRole('button', { name: 'Notifications: 1 unread' }).waitFor();
  },
  'elements/ws-notifications#Count in the title': async (example) => {
    await example.getByRole('button', { name: 'Notifications: 1 unread' }).waitFor();
    assert.match(await example.page().title(), /^\(1\) <ws-notifications>/);
  },
  'elements/ws-notifications#Reach those who look elsewhere': async (example) => {
    // A browser without a screen has decided already.
    await example.evaluate(() => {
      const undecided = { permission: 'default' };
      Object.assign(globalThis, {
        Notification: Object.assign(undecided, {
          requestPermission: async () => Object.assign(undecided, { permission: 'granted' }),
        }),
      });
    });
    await example.getByRole('button', { name: 'Notifications' }).click();
    const ask = example.getByRole('button', { name: 'Show on this device' });
    await ask.click();
    await ask.waitFor({ state: 'hidden' });
    await example.page().keyboard.press('Escape');
  },
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
  'elements/ws-status-indicator#Use your own words': async (example) => {
    await untilConnected(example);
    assert.equal(await example.locator('ws-status-indicator').innerText(), 'Live');
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
  'index#ws-elements': async (example) => {
    await untilConnected(example);
    await example.getByText('Write here, in two windows').first().waitFor();
  },
  'theming#Theming': async (example) =>
    assert.match(await styleOf(example.locator('[part=header]'), 'font-family'), /^Georgia/),
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

/** What a chat's messages say, the oldest first. */
async function textsOf(example: Locator): Promise<string[]> {
  return (await example.locator('[part~=bubble]').allTextContents()).map((text) => text.trim());
}

async function noToast(example: Locator, label: string, count = 1): Promise<void> {
  await example.getByRole('button', { name: `${label}: ${count} unread` }).waitFor();
  assert.equal(await example.locator('[part~=toasts] [part~=item]').count(), 0);
}
