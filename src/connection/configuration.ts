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

/** The tag whose `data-*` configure the page. */
export function findScript(): HTMLElement | null {
  return (
    ownScript ??
    document.querySelector(
      'script[src*=ws-elements]:is([data-url],[data-token-url],[data-token],[data-debug])',
    )
  );
}

/**
 * Brings sources together, the nearest last. Each overrides what is further away, by this rule: a `url` other than the
 * one inherited drops the inherited identity (token, token-url, name), so that no token ever goes to a server that it
 * was not configured with. Token and token-url count as one, so that no source's token is renewed as somebody else.
 */
export function combine(sources: Source[], base: string): Configuration {
  let url = '';
  let warning: string | undefined;
  let token: string | undefined;
  let tokenUrl: string | undefined;
  let name: string | undefined;
  let shareTabs: true | undefined;
  for (const source of sources) {
    if (source.url) {
      const normalised = normaliseUrl(source.url, base);
      if (normalised !== url) token = tokenUrl = name = undefined;
      url = normalised;
      // Whatever stands in its query is nobody's business.
      warning = `${source.label}: expected ws:// or wss://, got "${source.url.split('?')[0]}"`;
    }
    if (source.token || source.tokenUrl) ({ token, tokenUrl } = source);
    name = source.name || name;
    // An attribute that is there is empty.
    if (source.shareTabs || source.shareTabs === '') shareTabs = true;
  }
  return { url, token, tokenUrl, name, shareTabs, warning: url ? undefined : warning };
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
    if (node !== element && node.localName !== 'ws-connection') continue;
    const source: Source = { label: `${node.localName} url` };
    // A property where the element is defined already, else its attribute: tokenUrl, token-url.
    for (const key of ['shareTabs', 'url', 'token', 'tokenUrl', 'name'] as const) {
      source[key] = (node[key] ?? node.getAttribute(key.replace(/[UT]/, '-$&')) ?? undefined) as '';
    }
    near.unshift(source);
  }
  return combine(
    [
      { label: 'page', url: `${location.origin}/ws` },
      { ...script?.dataset, label: 'script data-url' },
      ...near,
    ],
    document.baseURI,
  );
}
