/**
 * What notifications show outside the page: in its title, and by the browser. Fetched by the elements that are asked
 * for it.
 */

import type { Connection } from '../connection/types.ts';

/** As much of a notification as is shown. */
export interface Shown {
  readonly id?: string;
  readonly title: string;
  readonly message: string;
  readonly priority: string;
}

/** What the user decided on the browser's own notifications; "denied" too where the browser has none. */
export const permission = (): NotificationPermission => globalThis.Notification?.permission ?? 'denied';

/** Asks the user; to be called at a click. */
export const ask = async (): Promise<void> => void (await Notification.requestPermission());

/**
 * Shows it outside the page, once on a device however many tabs have it, if the user granted that.
 *
 * @param open - Called when the user chose it.
 * @param connection - Where it came from: of the tabs that share one only the primary shows it.
 */
export function showOnDevice(
  { id, title, message, priority }: Shown,
  open: () => void,
  connection?: Connection,
): void {
  if (permission() !== 'granted' || connection?.isPrimary === false) return;
  try {
    const shown = new Notification(title, {
      body: message,
      tag: id ?? title,
      requireInteraction: priority === 'high',
    });
    shown.onclick = () => {
      window.focus();
      shown.close();
      open();
    };
  } catch {
    // Chrome on Android has the name, but takes notifications from service workers alone.
  }
}

/**
 * A number before the title of the page, such as "(3) Orders", which leaves alone what the page writes there. Of the tabs
 * that share a connection only the primary has it.
 */
export class TitleBadge {
  #shown = '';
  #count = '';
  #connection: Connection | undefined;
  #isPrimary = true;

  /** Empty: none. */
  show(count: string, connection?: Connection): void {
    this.#count = count;
    this.#connection = connection;
    document[count ? 'addEventListener' : 'removeEventListener']('ws-primary-change', this.#write);
    this.#write();
  }

  readonly #write = (): void => {
    const { state, isPrimary = true } = this.#connection ?? {};
    // While there is no connection nobody is chosen anew.
    if (state === 'connected') this.#isPrimary = isPrimary;
    const badge = this.#count && this.#isPrimary ? `(${this.#count}) ` : '';
    const { title } = document;
    const isThere = title.startsWith(this.#shown);
    if (badge === this.#shown && isThere) return;
    document.title = badge + (isThere ? title.slice(this.#shown.length) : title);
    this.#shown = badge;
  };
}
