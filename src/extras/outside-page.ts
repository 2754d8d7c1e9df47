/**
 * What notifications show outside the page: in its title, and by the browser. Fetched by the elements that are asked
 * for it.
 */

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
 */
export function showOnDevice({ id, title, message, priority }: Shown, open: () => void): void {
  if (permission() !== 'granted') return;
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

/** A number before the title of the page, such as "(3) Orders", which leaves alone what the page writes there. */
export class TitleBadge {
  #shown = '';

  /** Empty: none. */
  show(count: string): void {
    const badge = count && `(${count}) `;
    const { title } = document;
    const isThere = title.startsWith(this.#shown);
    if (badge === this.#shown && isThere) return;
    document.title = badge + (isThere ? title.slice(this.#shown.length) : title);
    this.#shown = badge;
  }
}
