/**
 * The address as `ws:` or `wss:`, absolute and without a fragment; `http:` and `https:` stand for them, relative ones
 * are relative to the page. Empty if it cannot be one.
 */
export function normaliseUrl(text: string, base: string): string {
  try {
    const url = new URL(text, base);
    url.protocol = url.protocol.replace('http', 'ws');
    url.hash = '';
    return /^wss?:/.test(url.href) ? url.href : '';
  } catch {
    return '';
  }
}

/** Adds to the query what is set; a parameter that the page wrote itself gives way. */
export function addQuery(text: string, query: Record<string, string | undefined>): string {
  const url = new URL(text);
  for (const key in query) {
    if (query[key]) url.searchParams.set(key, query[key]);
  }
  return url.href;
}
