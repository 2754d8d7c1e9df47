let on: string | undefined;

/** Looks whether `data-debug` or `localStorage['ws-elements:debug']` asks for it. */
export function debugBy(script: HTMLElement | null): void {
  try {
    on = script?.dataset.debug ?? localStorage['ws-elements:debug'];
  } catch {}
}

/** Logs, where it was asked for. Tokens are masked. */
export function debug(what: string, text: unknown): void {
  if (on !== undefined) console.debug('ws-elements', what, `${text}`.replace(/("token":")[^"]*/g, '$1…'));
}
