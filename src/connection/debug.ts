let script: HTMLElement | null = null;

/** Whose `data-debug` switches it on. */
export function debugBy(element: HTMLElement | null): void {
  script = element;
}

/** Logs, where `data-debug` or `localStorage['ws-elements:debug']` asks for it. Tokens are masked. */
export function debug(what: string, text: string): void {
  let on: unknown = script && 'debug' in script.dataset;
  try {
    on ||= localStorage['ws-elements:debug'];
  } catch {}
  if (on) console.debug('ws-elements', what, text.replace(/(token"?[=:]"?)[^"&]+/g, '$1…'));
}
