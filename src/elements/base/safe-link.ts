/** The address, if following it can only open a page, or a mail where `mail`: never `javascript:`, `data:` or the like. */
export function safeLink(link: string, baseUrl: string, mail = false): string | undefined {
  try {
    const { protocol, href } = new URL(link, baseUrl);
    return /^https?:$/.test(protocol) || (mail && protocol === 'mailto:') ? href : undefined;
  } catch {
    return undefined;
  }
}
