import { html, render } from 'lit';

/** What comes within it is said together, ms. */
const BREATH = 1000;

/** Long enough for a screen reader to come to it, ms. */
const SPOKEN = 7000;

/** More of one kind than these are told in one sentence: nobody can listen to them all. */
const MOST = 3;

/** Of the page; its regions: polite, assertive. */
const announcer = document.createElement('ws-announcer');
announcer.style.cssText =
  'clip-path:inset(50%);white-space:nowrap;block-size:1px;inline-size:1px;position:fixed;inset:0;overflow:hidden';
render(html`<div aria-live="polite"></div><div aria-live="assertive"></div>`, announcer);

const waiting: { text: string; kind?: string; count?: (n: number) => string }[] = [];
let timer: ReturnType<typeof setTimeout>;

/**
 * Puts the regions into the page, outside every element: they are there before the first text is, else it would not be
 * read. To be called whenever an element comes into the page, because a page may replace its body. While a modal dialog
 * is open, nothing outside it is read.
 */
export function prepareAnnouncer(): void {
  const place = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body;
  if (announcer.parentNode !== place) place.append(announcer);
}

/**
 * Has screen readers say a text: together with what else comes within a second, or at once where it is urgent. The
 * same text is said twice if it comes twice.
 *
 * @param kind - What many of are told by their number.
 * @param count - The sentence for that many.
 */
export function announce(text: string, urgent = false, kind?: string, count?: (n: number) => string): void {
  prepareAnnouncer();
  if (urgent) speak(text, 1);
  else if (waiting.push({ text, kind, count }) < 2) timer = setTimeout(speakWaiting, BREATH);
}

function speakWaiting(): void {
  for (const same of Map.groupBy(waiting.splice(0), (each) => each.kind ?? each).values()) {
    const { length, 0: first } = same;
    if (first?.count && length > MOST) speak(first.count(length));
    else for (const { text } of same) speak(text);
  }
}

function speak(text: string, region = 0): void {
  const line = document.createElement('p');
  line.textContent = text;
  announcer.children[region]?.append(line);
  setTimeout(() => line.remove(), SPOKEN);
}

/** For tests: forgets what is said and what is to be said. */
export function silence(): void {
  clearTimeout(timer);
  waiting.length = 0;
  for (const region of announcer.children) region.replaceChildren();
}
