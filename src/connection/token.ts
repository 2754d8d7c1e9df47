/** How long the page's server may take, ms. */
const TIMEOUT = 10_000;

/**
 * Asks a `token-url`, with the page's cookies where it is of the same origin (the default of `fetch`). `null` if it
 * answered 401 or 403, which is final; empty if there is none to be had now: network, timeout, 5xx, a login page.
 */
export async function fetchToken(url: string): Promise<string | null> {
  try {
    const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT) });
    const { ok, status } = response;
    if (status === 401 || status === 403) return null;
    const { token } = await response.json();
    return ok && typeof token === 'string' ? token : '';
  } catch {
    return '';
  }
}
