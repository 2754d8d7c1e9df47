/** The address, if following it can only open a page, or what else is `safe`: never `javascript:`, `data:` or the like. */
export function safeLink(link: string, baseUrl: string, safe = /^https?:/): string | undefined {
  try {
    const { href } = new URL(link, baseUrl);
    return safe.test(href) ? href : undefined;
  } catch {
    return undefined;
  }
}
