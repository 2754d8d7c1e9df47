/** What the page's live regions hold: all, or those of one politeness. */
export function announced(politeness?: 'polite' | 'assertive'): string[] {
  const region = politeness ? `[aria-live=${politeness}]` : '[aria-live]';
  return [...document.querySelectorAll(`ws-announcer ${region} > *`)].map(
    ({ textContent }) => textContent ?? '',
  );
}
