/** From a bare appstarter to the first message between two browsers, by what the README says and nothing else. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { message, say, transcript } from '../support/elements.ts';
import { watch } from '../support/watch.ts';
import { makeOrSkip } from './support/application.ts';
import { readQuickStart } from './support/quick-start.ts';

/** s, of everything but Composer, whose time is that of its downloads. */
const LONGEST = 60;

const { application, skip } = await makeOrSkip();

describe('from a bare CodeIgniter application to the first message', { skip }, () => {
  if (!application) return;
  const { commands, viewLines } = readQuickStart();
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    await application.close();
  });

  it('takes three commands, two lines of view and no line of JavaScript', () => {
    assert.equal(commands.length, 3);
    assert.equal(viewLines.length, 2);
    // Elements and one call of PHP: what is left without them is nothing.
    const script = viewLines.join('\n').replaceAll(/<\?=.*?\?>|<\/?ws-[a-z-]+( [a-z-]+="[^"]*")*>/g, '');
    assert.equal(script.trim(), '');
  });

  it('works as the README has it, in under a minute without the downloads', async () => {
    const [require, install, serve] = commands as [string, string, string];
    const view = 'app/Views/welcome_message.php';
    const page = application.read(view);
    const began = performance.now();
    const composer = await application.run(require);
    assert.match(composer, /ws-elements\/codeigniter4/);
    const required = performance.now();
    await application.run(install);
    await application.serveSockets(serve);
    const [inHead, inBody] = viewLines as [string, string];
    application.edit(view, ['</head>', `${inHead}\n</head>`], ['</body>', `${inBody}\n</body>`]);
    await application.servePages();

    const [ana, ben] = await Promise.all([open(), open()]);
    await Promise.all([ana, ben].map(({ page }) => page.locator('ws-chat').getByText('2 people').waitFor()));
    await say(ana.page, 'Hello from the first line');
    await message(ben.page, 'Hello from the first line').waitFor();
    const seconds = (performance.now() - required) / 1000;
    console.log(
      `From the bare application to the first message: ${seconds.toFixed(1)} s, and Composer ${((required - began) / 1000).toFixed(1)} s`,
    );

    await say(ben.page, 'Hello back');
    await message(ana.page, 'Hello back').waitFor();
    for (const each of [ana, ben]) {
      assert.deepEqual(await transcript(each.page), ['Hello from the first line', 'Hello back']);
      assert.deepEqual(each.watch.problems, []);
    }
    assert.ok(seconds < LONGEST, `${seconds} s`);
    const added = application.read(view).split('\n').length - page.split('\n').length;
    assert.equal(added, 2, 'the view has two lines more');
  });

  it('is what it was when it is installed again, and keeps its secrets to itself', async () => {
    const before = application.read('.env');
    const output = await application.run(commands[1] as string);
    assert.equal(application.read('.env'), before);
    const secrets = [...before.matchAll(/^websocket\.(?:secret|apiKey) = (\S+)$/gm)].map(
      ([, value]) => value,
    );
    assert.equal(secrets.length, 2);
    for (const secret of secrets) assert.ok(!output.includes(secret as string));
  });

  it('opens nothing to guests where pages are not this machine’s', async () => {
    await application.run('mv .env .env.kept');
    await application.run('app_baseURL=https://shop.example/ php spark ws:install');
    const opened = application.read('.env').match(/^websocket\.(allowGuests|authorizer)/gm);
    await application.run('mv .env.kept .env');
    assert.equal(opened, null);
    assert.equal(application.read('.env').match(/^websocket\.(allowGuests|authorizer)/gm)?.length, 2);
  });

  it('is found well by ws:doctor', async () => {
    // Ends with another exit code than 0, which is an error here, where something fails.
    const output = await application.run('php spark ws:doctor --no-header');
    assert.match(output, /^ *ok +upgrade /m);
    assert.match(output, /^ *ok +publish /m);
  });

  async function open() {
    const context = await browser.newContext();
    context.setDefaultTimeout(20_000);
    const watched = await watch(context);
    const page = await context.newPage();
    await page.goto(`${application?.url}/`);
    return { page, watch: watched };
  }
});
