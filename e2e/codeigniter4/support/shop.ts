import type { Browser, Locator, Page } from 'playwright-core';
import { type Watch, watch } from '../../support/watch.ts';
import { type Application, makeOrSkip } from './application.ts';

const files = new URL('../shop/', import.meta.url);
/** Of the seeder. */
const PASSWORD = 'espresso, three bags';

/**
 * An application of its developer's own: Shield says who the user is, CSRF protection and the strictest policy are on, an
 * authorizer grants what there is. Ana is user 1 and Ben is user 2.
 */
export async function makeShop(env: Record<string, string> = {}) {
  const made = await makeOrSkip({
    app_CSPEnabled: 'true',
    database_default_DBDriver: 'SQLite3',
    database_default_database: 'shop.sqlite',
    ...env,
  });
  if (made.application) await furnish(made.application);
  return made;
}

async function furnish(shop: Application): Promise<void> {
  await shop.run('composer require codeigniter4/shield ws-elements/codeigniter4');
  // Its questions: sender of mails, their name, migrate now.
  await shop.run('php spark shield:setup', { input: 'n\nn\ny\n' });
  await shop.run('php spark ws:install --migrate');
  shop.overlay(files);
  shop.edit(
    'app/Config/Routes.php',
    ["$routes->get('/', 'Home::index');", "$routes->addRedirect('/', 'shop');"],
    [
      "service('auth')->routes($routes);",
      `service('auth')->routes($routes);
$routes->group('shop', ['filter' => 'session'], static function ($routes) {
    $routes->get('/', 'Shop::index');
    $routes->get('kept', 'Shop::kept');
    $routes->post('order', 'Shop::order');
    $routes->post('note', 'Shop::note');
    $routes->post('unchecked', 'Shop::unchecked');
    $routes->get('channel', 'Shop::channel');
});`,
    ],
  );
  shop.edit('app/Config/Filters.php', ["// 'csrf',", "'csrf',"]);
  shop.edit('app/Config/Auth.php', ["'\\CodeIgniter\\Shield\\Views\\login'", "'login'"]);
  shop.env.websocket_authorizer = 'App\\Authorizers\\ShopAuthorizer';
  await shop.run('php spark db:seed UserSeeder');
}

export interface Visitor {
  page: Page;
  watch: Watch;
}

/** A browser of its own, in which somebody has signed in by the application's own form. */
export async function signIn(browser: Browser, shop: Application, name: string): Promise<Visitor> {
  const context = await browser.newContext();
  context.setDefaultTimeout(20_000);
  const watched = await watch(context);
  const page = await context.newPage();
  await page.goto(`${shop.url}/login`);
  await page.getByLabel('Email').fill(`${name}@shop.example`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('#user', { hasText: name }).waitFor();
  return { page, watch: watched };
}

/** Fills in the form of an order for Ben, and sends it. */
export async function order(page: Page, title: string): Promise<void> {
  await page.getByLabel('Title').fill(title);
  await page.getByRole('button', { name: 'Order' }).click();
  await page.locator('#done', { hasText: 'Order sent' }).waitFor();
}

/** The bell, while it tells of as many. */
export function bell(page: Page, unread: number): Locator {
  const name = unread ? `Notifications: ${unread} unread` : 'Notifications';
  return page.getByRole('button', { name, exact: true });
}
