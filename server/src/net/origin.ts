/**
 * Which pages may connect. Browsers let any page open a WebSocket to anywhere and say only from which origin; this is
 * what stands in for CORS (RFC 6455 §10.2).
 */

function hostNameOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

/**
 * @param origin The `Origin` header; absent from what is not a browser, which the token check is for.
 * @param host The `Host` header.
 * @param allowed Exact origins; with none, pages from the server's own host name, whatever their port.
 */
export function isOriginAllowed(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined) return true;
  if (allowed.length > 0) {
    if (origin === 'null') return allowed.includes(origin);
    return (
      /^https?:\/\/[^/?#]+$/i.test(origin) && URL.canParse(origin) && allowed.includes(new URL(origin).origin)
    );
  }
  if (!/^https?:\/\/[^/?#@]+$/i.test(origin)) return false;
  const page = hostNameOf(origin);
  return page !== undefined && host !== undefined && page === hostNameOf(`http://${host}`);
}
