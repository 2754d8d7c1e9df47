/** The elements as a person meets them, by role and name wherever there is one. */
import type { Locator, Page } from 'playwright-core';

/** The field of a page's first chat. */
export function field(page: Page): Locator {
  return page.locator('ws-chat').first().getByRole('textbox');
}

/** Writes and presses Enter. */
export async function say(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press('Enter');
}

/** A message's text, in the list. */
export function message(page: Page, text: string): Locator {
  return page.locator('ws-chat').first().locator('[part~=bubble]').filter({ hasText: text });
}

/** The texts of all messages, from the first. */
export async function transcript(page: Page): Promise<string[]> {
  const texts = await page.locator('ws-chat').first().locator('[part~=bubble]').allInnerTexts();
  return texts.map((text) => text.trim());
}

/** Waits until the page's status indicator says it. */
export async function untilStatus(page: Page, text: string | RegExp): Promise<void> {
  await page.locator('ws-status-indicator').first().filter({ hasText: text }).waitFor();
}
