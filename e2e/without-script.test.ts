/** What the server rendered into a chat, before the script has come, and where it never does. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import { field, message, transcript } from './support/elements.ts';
import { Stage } from './support/stage.ts';

/** The styles that the guide shows. */
const guide = readFileSync(new URL('../docs/theming.md', import.meta.url), 'utf8');
const styles = /## Lay out before.*?```css\n(.*?)```/s.exec(guide)?.[1] ?? '';

interface Kept {
  position: string;
  publications: { id?: string; offset: number; userId?: string; name?: string; message: string }[];
}

describe('a chat that the server rendered', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.start();
    stage.site.file('before.css', styles);
  });
  afterEach(() => stage.reset());
  after(() => stage.close());

  /** An application: renders what the channel has, and publishes what its form posts. */
  const render = async (user: string): Promise<string> => {
    const path = `/chat-of-${user}`;
    const { position, publications } = await stage.read<Kept>('history?channel=lobby');
    // As if the last had come after the position was read, and before the messages were.
    const [epoch, offset] = position.split(':');
    const since = `${epoch}:${Math.max(0, Number(offset) - 1)}`;
    const rows = publications.map(
      ({ id, offset, userId, name, message }) =>
        `<li data-id="${id}" data-offset="${offset}" data-user-id="${userId}"><b>${name}</b> <p>${message}</p></li>`,
    );
    return stage.site.page(path, {
      head: `<link rel="stylesheet" href="/files/before.css">${stage.tag(user)}`,
      body: `<ws-chat channel="lobby" since="${since}"><ol>${rows.join('')}</ol>
        <form method="post" action="${path}"><input type="hidden" name="csrf" value="7">
          <input name="message" aria-label="Write a message" required> <button>Send it</button></form></ws-chat>
        <p>What comes after it</p>`,
      posted: async (form) => {
        assert.equal(form.get('csrf'), '7');
        await publish(user, form.get('message') ?? '');
        await render(user);
      },
    });
  };
  const publish = (user: string, text: string) =>
    stage.publish({
      channel: 'lobby',
      data: { type: 'message', id: `id-${text}`, userId: user, name: `Name of ${user}`, message: text },
    });

  it('is read and written in without the script', async () => {
    await publish('ana', 'Good morning');
    const [{ context, watch }, ben] = await Promise.all([
      stage.visitor({ javaScriptEnabled: false }),
      stage.visitor(),
    ]);
    const [page, other] = await Promise.all([context.newPage(), ben.context.newPage()]);
    await Promise.all([page.goto(await render('cleo')), other.goto(await render('ben'))]);
    await message(other, 'Good morning').waitFor();
    await other.getByText('1 person').waitFor();

    await page.getByText('Good morning').waitFor();
    const [last, form, next] = await page
      .locator('li, ws-chat form, ws-chat + p')
      .evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect()));
    for (const [above, below] of [
      [last, form],
      [form, next],
    ])
      assert.ok((below?.top ?? 0) - (above?.bottom ?? 0) < 40, 'no hole where the element would be');

    await page.getByRole('textbox', { name: 'Write a message' }).fill('No script here');
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.locator('li', { hasText: 'No script here' }).waitFor();
    assert.deepEqual(await page.locator('li p').allTextContents(), ['Good morning', 'No script here']);
    assert.ok(stage.site.requests.includes('POST /chat-of-cleo'));

    await message(other, 'No script here').waitFor();
    assert.deepEqual(await transcript(other), ['Good morning', 'No script here']);
    assert.deepEqual([...watch.problems, ...ben.watch.problems], []);
  });

  for (const length of [1, 40]) {
    it(`keeps what is written before the script comes, and its place, below ${length} of them`, async () => {
      for (let n = 1; n <= length; n++) await publish('ana', `Number ${n}`);
      const { context, watch } = await stage.visitor();
      const page = await context.newPage();
      const script = Promise.withResolvers<void>();
      await page.route('**/ws-elements.js', (route) => script.promise.then(() => route.continue()));
      await page.goto(await render('ben'), { waitUntil: 'commit' });

      const plain = page.getByRole('textbox', { name: 'Write a message' });
      await plain.pressSequentially('Hello Ana');
      for (const _ of 'Ana') await plain.press('ArrowLeft');
      const measure = () =>
        page.evaluate(() =>
          [...document.querySelectorAll('ws-chat, ws-chat + p')].map((element) => {
            const { top, height } = element.getBoundingClientRect();
            return [element.localName, top, height];
          }),
        );
      const [room, end] = await page
        .locator('ws-chat, ws-chat form')
        .evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().bottom));
      assert.equal(end, room, 'the form stands at the foot of the chat');
      const laidOut = await measure();

      script.resolve();
      await page.locator('ws-chat:defined').waitFor();
      assert.deepEqual(await measure(), laidOut);
      await page.keyboard.type('dear ');
      assert.equal(await field(page).inputValue(), 'Hello dear Ana');
      assert.deepEqual(await page.getByRole('textbox').count(), 1);

      await page.getByText('1 person').waitFor();
      await page.keyboard.press('Enter');
      await page.locator('ws-chat').getByRole('img', { name: 'Sent' }).waitFor();
      const all = Array.from({ length }, (_, n) => `Number ${n + 1}`);
      assert.deepEqual(await transcript(page), [...all, 'Hello dear Ana']);
      assert.equal(await field(page).inputValue(), '');
      assert.ok(!stage.site.requests.includes('POST /chat-of-ben'));
      assert.deepEqual(watch.problems, []);
    });
  }
});
