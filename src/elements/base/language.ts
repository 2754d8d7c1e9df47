/** The page's language at an element, for `Intl`; undefined, the browser's own, where it names none that is valid. */
export function languageOf(element: Element): string | undefined {
  const near = element.closest<HTMLElement>('[lang]');
  const { host } = element.getRootNode() as ShadowRoot;
  if (!near && host) return languageOf(host);
  const { lang } = near ?? document.documentElement;
  try {
    return Intl.getCanonicalLocales(lang)[0];
  } catch {
    return undefined;
  }
}
