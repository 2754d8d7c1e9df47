/** How long the page's server may take, ms. */
const TIMEOUT = 10_000;

/**
 * Asks a `token-url`, with the page's cookies where it is of the same origin. `undefined` if it answered 401 or 403,
 * which is final.
 *
 * @throws if there is no token to be had now: network, timeout, 5xx, a login page instead of JSON.
 */
export async function fetchToken(url: string): Promise<string | undefined> {
  const response = await fetch(url, {
    cache: 'no-store',
    credentials: 'same-origin',
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (response.status === 401 || response.status === 403) return undefined;
  const { token } = await response.json();
  if (!response.ok || !token || typeof token !== 'string') throw response.status;
  return token;
}
