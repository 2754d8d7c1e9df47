/** What somebody who means harm writes into every field stays text: in cells, in elements, in the toolbar. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { message, say } from '../support/elements.ts';
import { makeShop, signIn, type Visitor } from './support/shop.ts';

const PAYLOADS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</p></li></ul></ws-chat></ws-notifications><svg/onload=alert(1)>',
  '{csp-script-nonce}',
  '<b {csp-style-nonce}>',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '&lt;i&gt; &#60;i&#62;',
];

// No policy: what became markup would run. And the debug toolbar is there.
const { application: shop, skip } = await makeShop({
  app_CSPEnabled: 'false',
  CI_ENVIRONMENT: 'development',
});

describe('a shop that somebody means harm', { skip }, () => {
  if (!shop) return;
  let browser: Browser;
  let ana: Visitor;
  let ben: Visitor;
  const dialogs: string[] = [];
  before(async () => {
    // Shield's own panel (1.2) writes a user's name as markup; this is about ours.
    shop.edit('app/Config/Toolbar.php', [
      'class Toolbar extends BaseConfig\n{',
      `class Toolbar extends BaseConfig
{
    public function __construct()
    {
        parent::__construct();
        $this->collectors = array_values(array_diff($this->collectors, [\\CodeIgniter\\Shield\\Collectors\\Auth::class]));
    }
`,
    ]);
    [browser] = await Promise.all([launchChromium(), shop.serveSockets(), shop.servePages()]);
    [ana, ben] = [await signIn(browser, shop, 'ana'), await signIn(browser, shop, 'ben')];
    for (const { page } of [ana, ben]) {
      page.on('dialog', (dialog) => {
        dialogs.push(dialog.message());
        void dialog.dismiss();
      });
    }
  });
  after(async () => {
    await browser.close();
    await shop.close();
  });

  for (const payload of PAYLOADS) {
    it(`shows ${payload} as it was written`, async () => {
      // Ana means harm, by her name too. Ben has done nothing.
      await rename(payload);
      for (const { page } of [ana, ben]) await page.goto(`${shop.url}/shop`);
      await ana.page.locator('#user', { hasText: payload }).waitFor();
      for (const { page } of [ana, ben]) await page.locator('ws-chat').getByText('2 people').waitFor();

      await say(ana.page, payload);
      await message(ben.page, payload).last().waitFor();
      await ben.page.locator('ws-chat [part~=name]', { hasText: payload }).last().waitFor();
      for (const field of ['title', 'message', 'link'])
        await ana.page.locator(`#order [name=${field}]`).fill(payload);
      await ana.page.getByRole('button', { name: 'Insert' }).click();
      await ben.page.locator('ws-notifications [part~=toasts]').getByText(payload).first().waitFor();
      await expectText(ben.page);

      const panel = ana.page.locator('#ci-websocket');
      await panel.getByText(payload).first().waitFor({ state: 'attached' });
      assert.deepEqual(await findMarkup(panel), []);
      await expectText(ana.page);

      // As the server renders it now, with and without the script.
      await ben.page.reload();
      await message(ben.page, payload).last().waitFor();
      await expectText(ben.page);
      await ben.page.goto(`${shop.url}/shop/channel?name=${encodeURIComponent(payload)}`);
      await ben.page.locator('ws-chat').getByText(payload).first().waitFor();
      await expectText(ben.page);
      assert.equal(await ben.page.locator('ws-chat').getAttribute('channel'), payload);

      assert.deepEqual(dialogs, []);
      for (const { watch } of [ana, ben]) {
        // Elements say that it is no channel.
        watch.forget(/console warning: .*channel/);
        assert.deepEqual(watch.problems, []);
      }
    });
  }

  it('gives a nonce to no text, in any answer', async () => {
    await shop.stop();
    shop.env.app_CSPEnabled = 'true';
    await Promise.all([shop.serveSockets(), shop.servePages()]);
    await rename('{csp-script-nonce}');
    const { page } = ben;
    const { token } = (await (await page.request.get(`${shop.url}/websocket/token`)).json()) as {
      token: string;
    };
    const bearer = { headers: { authorization: `Bearer ${token}` } };
    for (const path of [
      'shop',
      'websocket',
      `shop/channel?name=${encodeURIComponent('{csp-script-nonce}')}`,
    ]) {
      const html: string = await (await page.request.get(`${shop.url}/${path}`)).text();
      // The toolbar's own, and the script's tag; before CodeIgniter 4.6 its debugger's too, which writes pages by itself.
      const elsewhere: RegExpMatchArray | null = html
        .replaceAll(/<(script|style) class="kint-[^>]*>.*?<\/\1>/gs, '')
        .replaceAll(/<(script|style|link)\b[^>]*>/g, '')
        .match(/nonce=/g);
      assert.equal(elsewhere, null, path);
    }
    const json = await (await page.request.get(`${shop.url}/websocket/notifications`, bearer)).text();
    assert.match(json, /csp-script-nonce/);
    assert.doesNotMatch(json, /nonce=|<|\{csp/);
  });

  /** Ana's name, past whatever checks it when somebody signs up. */
  async function rename(name: string): Promise<void> {
    const quoted = name.replaceAll("'", "''");
    shop?.write(
      'writable/rename.php',
      `<?php (new SQLite3('writable/shop.sqlite'))->exec(<<<'SQL'
UPDATE users SET username = '${quoted}' WHERE id = 1
SQL);`,
    );
    await shop?.run('php writable/rename.php');
  }

  /** Of the whole page but the toolbar, which is the framework's. */
  async function expectText(page: Page): Promise<void> {
    for (const element of ['ws-chat', 'ws-notifications', 'ws-status-indicator', 'header', 'main']) {
      for (const found of await page.locator(element).all()) assert.deepEqual(await findMarkup(found), []);
    }
  }
});

/** Everything in an element and its shadow roots that is neither ours nor text. */
function findMarkup(locator: Locator): Promise<string[]> {
  return locator.evaluate((root) => {
    const found: string[] = [];
    const visit = (node: Element | ShadowRoot) => {
      for (const each of node.children) {
        const isOurs = each.getRootNode() instanceof ShadowRoot;
        const tag = each.localName;
        if (['script', 'img', 'iframe', 'object', 'i'].includes(tag) || (tag === 'svg' && !isOurs))
          found.push(each.outerHTML);
        if ([...each.attributes].some(({ name }) => name.startsWith('on') || name === 'nonce'))
          found.push(each.outerHTML);
        if (/^\s*(javascript|data):/i.test(each.getAttribute('href') ?? '')) found.push(each.outerHTML);
        visit(each);
        if (each.shadowRoot) visit(each.shadowRoot);
      }
    };
    visit(root);
    if (root.shadowRoot) visit(root.shadowRoot);
    return found;
  });
}
