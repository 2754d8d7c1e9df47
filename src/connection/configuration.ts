import { debugBy } from './debug.ts';
import type { Configuration } from './shared-connection.ts';
import type { ConnectionOptions } from './types.ts';
import { normaliseUrl } from './url.ts';

/** What one place says about the connection; `label` names its url in a warning. */
export interface Source extends ConnectionOptions {
  label: string;
}

/** An element, or the document or shadow root above it. */
type Ancestor = Element &
  ConnectionOptions & { parentNode?: Ancestor; host?: Ancestor; assignedSlot?: Ancestor };

/** The classic bundle's own tag; a module has none and looks for it. */
const ownScript = document.currentScript as HTMLElement | null;
const warned = new Set<string>();

/** The tag whose `data-*` configure the page. */
export function findScript(): HTMLElement | null {
  return (
    ownScript ??
    document.querySelector('script[src*=ws-elements]:is([data-url],[data-token-url],[data-token])')
  );
}

/**
 * Brings sources together, the nearest last. Each overrides what is further away, by this rule: a `url` other than the
 * one inherited drops the inherited identity (token, token-url, name), so that no token ever goes to a server that it
 * was not configured with. Token and token-url count as one, so that no source's token is renewed as somebody else.
 */
export function combine(sources: Source[], base: string): Configuration & { warning?: string } {
  let result: Configuration & { warning?: string } = { url: '' };
  for (const { label, url, token, tokenUrl, name } of sources) {
    if (url) {
      const normalised = normaliseUrl(url, base) ?? '';
      if (normalised !== result.url || !normalised) result = { url: normalised };
      // Whatever stands in its query is nobody's business.
      if (!normalised) result.warning = `${label}: expected ws:// or wss://, got "${url.split('?')[0]}"`;
    }
    if (token || tokenUrl)
      Object.assign(result, { token: token || undefined, tokenUrl: tokenUrl || undefined });
    if (name) result.name = name;
  }
  return result;
}

/** The configuration of an element, or of a page's own `connect(options)`. */
export function resolveConfiguration(element?: Element, options?: ConnectionOptions): Configuration {
  const script = findScript();
  debugBy(script);
  const near: Source[] = options ? [{ ...options, label: 'connect() url' }] : [];
  // The flat tree: what a shadow root wraps around a slot counts too.
  for (
    let node = element as Ancestor | undefined;
    node;
    node = node.assignedSlot ?? node.parentNode ?? node.host
  ) {
    const ancestor = node;
    if (node !== element && node.localName !== 'ws-connection') continue;
    // A property where the element is defined already, else its attribute.
    const read = (property: keyof ConnectionOptions, attribute: string = property) =>
      ancestor[property] || (ancestor.getAttribute(attribute) ?? undefined);
    near.unshift({
      label: `${node.localName} url`,
      url: read('url'),
      token: read('token'),
      tokenUrl: read('tokenUrl', 'token-url'),
      name: read('name'),
    });
  }
  const { warning, ...configuration } = combine(
    [
      { label: 'ws-elements url', url: new URL('/ws', location.href).href },
      { ...script?.dataset, label: 'script data-url' },
      ...near,
    ],
    document.baseURI,
  );
  if (warning && !warned.has(warning)) {
    warned.add(warning);
    console.warn(warning);
  }
  return configuration;
}
