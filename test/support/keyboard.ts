import type { Locator, Page } from 'playwright-core';

/** More stops than any page here has. */
const STOPS = 120;

/** Goes to a control by the tab key, and presses it. */
export async function press(page: Page, control: Locator, key = 'Enter'): Promise<void> {
  for (let stops = 0; stops < STOPS; stops++) {
    if (await control.evaluate((element) => element === document.activeElement)) return page.keyboard.press(key);
    await page.keyboard.press('Tab');
  }
  throw new Error(`the tab key does not come to ${control}`);
}
