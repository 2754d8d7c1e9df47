import { CloseCode } from '../../../protocol/src/close-codes.ts';
import type { Play, Scene, Scenes } from '../scene.ts';
import { EMOJI, LONG_WORD, type Words } from '../words.ts';
import { cast, said, typing } from './said.ts';

const html = '<ws-chat></ws-chat>';
const bubble = '[part~=bubble]';

/** Every state of `<ws-chat>`. */
export const chat: Scenes = {
  element: 'ws-chat',
  height: 400,
  scenes(words: Words): Scene[] {
    const { ana, ben, cleo, dev, guest } = cast(words);
    const { lines } = words;
    const named = `<ws-chat label="${words.room}"></ws-chat>`;
    const people = [ben, cleo];
    const talk = [
      said(ben, lines.answer, 12),
      said(ben, lines.more, 11),
      said(ana, lines.own, 4),
      said(ana, lines.ownMore, 4),
    ];
    return [
      { name: 'Empty', html, server: { people: [ben] }, until: '[part=people]' },
      {
        name: 'People in groups, two days',
        html: named,
        server: {
          people,
          says: [
            said(cleo, lines.yesterday, 24 * 60),
            said(ana, lines.question, 14),
            ...talk,
            said(cleo, lines.later, 2),
          ],
        },
        until: `${bubble} >> nth=6`,
        height: 620,
      },
      {
        name: 'Links, long words, emoji, line breaks, long names',
        html: named,
        server: {
          people: [dev],
          says: [
            said(dev, lines.link, 9),
            said(dev, LONG_WORD, 8),
            said(ana, lines.breaks, 7),
            said(guest, EMOJI, 6),
          ],
        },
        until: `${bubble} >> nth=3`,
        height: 620,
      },
      {
        name: 'Avatars: images, initials',
        alike: true,
        html: '<ws-chat avatars="/files/face.svg?{id}"></ws-chat>',
        server: {
          people,
          says: [said(ben, lines.question, 9), said(cleo, lines.answer, 8), said(guest, lines.more, 7)],
        },
        until: `${bubble} >> nth=2`,
        async act({ page }) {
          const images = await page.locator('[part=avatar]:visible img').all();
          for (const image of images) await image.and(page.locator('.loaded')).waitFor();
        },
      },
      {
        name: 'Sending',
        alike: true,
        html: named,
        server: { people, says: talk.slice(0, 2), messages: 'unanswered' },
        until: `${bubble} >> nth=1`,
        act: (play) => write(play, lines.own, '[part~=pending]'),
        height: 300,
      },
      {
        name: 'Failed: Retry, Discard',
        html: named,
        server: { people, says: talk.slice(0, 2), messages: 'forbidden' },
        until: `${bubble} >> nth=1`,
        act: (play) => write(play, lines.own, '[part=error]'),
        height: 320,
      },
      {
        name: 'Someone types',
        html: named,
        server: { people, says: [...talk.slice(2), typing(ben)] },
        until: `[part=line] span:text("${words.ben}")`,
        height: 300,
      },
      {
        name: 'Three type, one with a long name',
        alike: true,
        html: named,
        server: { people: [...people, dev], says: [...talk.slice(2), typing(dev), typing(cleo)] },
        until: `[part=line] span:text("${words.dev}")`,
        height: 300,
      },
      {
        name: 'Who is here',
        html: named,
        server: { people: [...people, dev, guest], says: talk },
        until: `${bubble} >> nth=3`,
        async act({ page }) {
          await page.locator('summary').click();
          await page.locator('[part=people] ul').waitFor();
        },
        height: 300,
      },
      {
        name: 'Five lines, characters left',
        html: named,
        server: { people, says: talk.slice(2) },
        until: `${bubble} >> nth=1`,
        async act({ page }) {
          await page
            .locator('textarea')
            .fill(`${lines.breaks}\n\n${lines.question}`.padStart(950, `${lines.link} `));
          await page.locator('[part=count]').waitFor();
        },
        height: 300,
      },
      {
        name: 'Too many characters',
        alike: true,
        html: named,
        server: { people, says: talk.slice(2) },
        until: `${bubble} >> nth=1`,
        async act({ page }) {
          await page.locator('textarea').fill(`${lines.answer} `.repeat(30));
          await page.locator('[part=count]').waitFor();
        },
        height: 300,
      },
      {
        name: 'New messages while the reader is further up',
        html: named,
        server: {
          people,
          says: Array.from({ length: 20 }, (_, index) => said(ben, lines.more, 40 - index * 2)),
        },
        until: `${bubble} >> nth=19`,
        act: (play) => comeWhileAway(play),
        height: 300,
      },
      {
        name: 'The line above what is new',
        html: named,
        server: {
          people,
          says: Array.from({ length: 20 }, (_, index) => said(ben, lines.more, 40 - index * 2)),
        },
        until: `${bubble} >> nth=19`,
        async act(play) {
          await comeWhileAway(play);
          await play.page.locator('[part=jump]').click();
          await play.page.locator('[part=jump]').waitFor({ state: 'detached' });
        },
      },
      {
        name: 'Joined, left, and a gap',
        html: named,
        server: { people, says: talk.slice(0, 2) },
        until: `${bubble} >> nth=1`,
        async act({ page, send }) {
          const presence = { type: 'presence', channel: 'lobby' };
          send({ ...presence, event: 'join', users: [dev] }, { ...presence, event: 'leave', users: [cleo] });
          send({ type: 'subscribed', channel: 'lobby', epoch: 'other', offset: 0, recovered: false });
          await page.locator('[part=note] >> nth=2').waitFor();
        },
      },
      { name: 'Connecting', alike: true, html, server: { silent: true }, until: '[part=empty]', height: 260 },
      {
        name: 'Reconnecting, a message waits',
        alike: true,
        html: named,
        server: { people, says: talk.slice(0, 2) },
        until: `${bubble} >> nth=1`,
        async act(play) {
          play.end({ code: CloseCode.Restart, after: 24_000 });
          await play.page.locator('[part=note]').waitFor();
          await write(play, lines.own, '[part~=pending]');
        },
        height: 300,
      },
      {
        name: 'Refused',
        html,
        server: { refuses: CloseCode.InvalidAuthentication },
        until: 'textarea:disabled',
        height: 260,
      },
      {
        name: 'Refused in a conversation',
        alike: true,
        html: named,
        server: { people, says: talk.slice(0, 2) },
        until: `${bubble} >> nth=1`,
        async act({ page, end }) {
          end({ code: CloseCode.Ended });
          await page.locator('textarea:disabled').waitFor();
        },
        height: 300,
      },
      {
        name: 'A channel that may not be read',
        alike: true,
        html: '<ws-chat channel="board"></ws-chat>',
        server: { denies: 'forbidden' },
        until: 'textarea:disabled',
        height: 260,
      },
      {
        name: 'A sentence in place of the field',
        alike: true,
        html: `<ws-chat label="${words.room}"><p slot="composer">${words.closed}</p></ws-chat>`,
        server: { people, says: talk.slice(0, 2) },
        until: `${bubble} >> nth=1`,
        height: 260,
      },
    ];
  },
};

async function write({ page }: Play, text: string, until: string): Promise<void> {
  const field = page.locator('textarea');
  await field.fill(text);
  await field.press('Enter');
  await page.locator(until).first().waitFor();
}

async function comeWhileAway({ page, words, send }: Play): Promise<void> {
  const { ben, cleo } = cast(words);
  const list = page.locator('[part=messages]');
  await list.evaluate((element) => {
    const scrolled = new Promise((resolve) => element.addEventListener('scroll', resolve, { once: true }));
    element.scrollTop = element.scrollHeight - element.clientHeight - 60;
    return scrolled;
  });
  send(said(cleo, words.lines.later), said(ben, words.lines.own));
  await page.locator('[part=jump]').waitFor();
}
