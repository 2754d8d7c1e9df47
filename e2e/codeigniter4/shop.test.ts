/** Two people use a shop whose developer has turned on everything that tends to be in the way of widgets. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { message, say, transcript, untilStatus } from '../support/elements.ts';
import { bell, makeShop, order, signIn, type Visitor } from './support/shop.ts';

/** s. A page fetches the next one before it ends, so that minutes here are what hours are elsewhere. */
const TOKEN_LIFETIME = 4;

const { application: shop, skip } = await makeShop({ websocket_tokenLifetime: String(TOKEN_LIFETIME) });

describe('a shop with Shield, CSRF protection, the strictest policy and one worker', { skip }, () => {
  if (!shop) return;
  let browser: Browser;
  let visitors: Visitor[];
  before(async () => {
    [browser] = await Promise.all([launchChromium(), shop.serveSockets(), shop.servePages()]);
  });
  after(async () => {
    await browser.close();
    await shop.close();
  });
  beforeEach(() => {
    visitors = [];
  });
  afterEach(async () => {
    // Whatever a test is about: no violation, no error, and no word to another host.
    const problems = visitors.flatMap(({ watch }) => watch.problems);
    await Promise.all(visitors.map(({ page }) => page.context().close()));
    assert.deepEqual(problems, []);
  });

  const enter = async (name: string) => {
    const visitor = await signIn(browser, shop, name);
    visitors.push(visitor);
    return visitor;
  };

  /** Both in the lobby; whoever is listed has subscribed. */
  const enterBoth = async () => {
    const [ana, ben] = [await enter('ana'), await enter('ben')];
    for (const { page } of [ana, ben]) await page.locator('ws-chat').getByText('2 people').waitFor();
    return { ana: ana.page, ben: ben.page };
  };

  it('has them talk, by the names that Shield knows', async () => {
    const { ana, ben } = await enterBoth();
    await say(ana, 'Is the espresso packed?');
    await message(ben, 'Is the espresso packed?').waitFor();
    await ben.locator('ws-chat [part~=name]', { hasText: 'ana' }).waitFor();
    await say(ben, 'It is.');
    await message(ana, 'It is.').waitFor();

    await ana.reload();
    await message(ana, 'It is.').waitFor();
    assert.deepEqual(await transcript(ana), ['Is the espresso packed?', 'It is.']);
    const html = await (await ana.request.get(`${shop.url}/shop`)).text();
    assert.match(
      html,
      /<li data-id=[^>]*>\s*<b>ana<\/b>\s*<p>Is the espresso packed\?<\/p>/,
      'also without a script',
    );
  });

  it('is under a policy that allows nothing but what it needs', async () => {
    const { page } = await enter('ana');
    const policy = (await (await page.reload())?.headerValue('content-security-policy')) ?? '';
    const directives = new Map(policy.split('; ').map((each) => [each.split(' ')[0], each]));
    assert.equal(directives.get('default-src'), "default-src 'none'");
    assert.match(directives.get('script-src') ?? '', /^script-src 'nonce-[^' ]+'$/);
    assert.equal(directives.get('connect-src'), `connect-src 'self' ws://127.0.0.1:${shop.wsPort}`);
    assert.doesNotMatch(policy, /unsafe|\*/);
    await untilStatus(page, 'Connected');
  });

  it('stores a notification, shows it to who it is for, and has it again on the next page', async () => {
    const { ana, ben } = await enterBoth();
    await order(ana, 'Three bags');
    await ben.locator('ws-notifications [part~=toasts]').getByText('Three bags').waitFor();
    await bell(ben, 1).waitFor();
    assert.equal(await bell(ana, 0).count(), 1, 'nobody else');

    const html = await (await ben.request.get(`${shop.url}/shop`)).text();
    assert.match(
      html,
      /<ws-notifications[^>]*>\s*<ul>\s*<li data-id=[^>]*>\s*<a href="\/shop">Three bags<\/a>/,
    );
    await ben.reload();
    await bell(ben, 1).waitFor();
    await untilStatus(ben, 'Connected');
    await bell(ben, 1).click();
    assert.equal(await ben.locator('ws-notifications').getByRole('link', { name: 'Three bags' }).count(), 1);
  });

  it('knows on the next page, and on other devices, what was read', async () => {
    const { ana, ben } = await enterBoth();
    const other = (await enter('ben')).page;
    await untilStatus(other, 'Connected');
    await order(ana, 'To be read');
    for (const page of [ben, other]) {
      await page.locator('ws-notifications [part~=toasts]').getByText('To be read').waitFor();
    }
    await ben.getByRole('button', { name: /^Notifications: \d+ unread$/ }).click();
    await ben.locator('ws-notifications [part~=read-all]').click();

    for (const page of [ben, other]) await bell(page, 0).waitFor();
    await ben.reload();
    await untilStatus(ben, 'Connected');
    await bell(ben, 0).waitFor();
    const html = await (await other.request.get(`${shop.url}/shop`)).text();
    assert.doesNotMatch(html, /To be read/, 'the table knows');
  });

  it('takes both forms of a page that has been open for many tokens', async () => {
    const { ana, ben } = await enterBoth();
    let tokens = 0;
    ana.on('response', (response) => {
      if (response.url().includes('/websocket/token') && response.ok()) tokens++;
    });
    await say(ana, 'While the forms wait');
    await order(ben, 'In between');
    const began = Date.now();
    while (tokens < 2 && Date.now() - began < 30_000) await ana.waitForResponse(/websocket\/token/);
    assert.ok(tokens >= 2, `${tokens} tokens`);

    await ana.getByLabel('Note').fill('oat milk');
    await ana.getByRole('button', { name: 'Keep' }).click();
    await ana.locator('#done', { hasText: 'Noted: oat milk' }).waitFor();
    await ana.waitForResponse(/websocket\/token/);
    await order(ana, 'After the note');
  });

  it('keeps a page for everyone without anything of anybody in it', async () => {
    const { ana, ben } = await enterBoth();
    for (const page of [ana, ben]) await page.goto(`${shop.url}/shop/kept`);
    assert.equal(
      await ana.getByRole('heading', { level: 1 }).textContent(),
      await ben.getByRole('heading', { level: 1 }).textContent(),
    );
    const html = await (await ben.request.get(`${shop.url}/shop/kept`)).text();
    assert.doesNotMatch(html, /eyJ|since|data-id|>ana<|>ben</);

    for (const page of [ana, ben]) await page.locator('ws-chat').getByText('2 people').waitFor();
    await say(ana, 'From a kept page');
    await message(ben, 'From a kept page').waitFor();
    await ben.locator('ws-chat [part~=name]', { hasText: 'ana' }).first().waitFor();
  });

  it('leaves a form’s message to the page that it is for, whatever fetches a token in between', async () => {
    const { page } = await enter('ana');
    const form = {
      note: 'beans',
      csrf_test_name: await page.locator('#note [name=csrf_test_name]').inputValue(),
    };
    const answer = await page.request.post(`${shop.url}/shop/note`, { form, maxRedirects: 0 });
    assert.equal(answer.status(), 303);
    for (const tab of [1, 2]) {
      assert.equal((await page.request.get(`${shop.url}/websocket/token`)).status(), 200, `tab ${tab}`);
    }
    await page.reload();
    await page.locator('#done', { hasText: 'Noted: beans' }).waitFor();
  });

  it('answers a form while a page waits for its token', async () => {
    const { ana } = await enterBoth();
    shop.write('writable/slow', '');
    const { page: late } = await enter('ben');
    await order(ana, 'Meanwhile');
    for (const page of [late, ana]) await untilStatus(page, 'Connected');
    await ana.locator('#user', { hasText: 'ana' }).waitFor();
    assert.throws(() => shop.read('writable/slow'), 'a token was slow');
  });
});
