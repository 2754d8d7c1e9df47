/**
 * Registers an element, unless its tag is taken: a script that is loaded twice must not throw. Where the page is still
 * being parsed it is registered after that, because an element takes over once what the server rendered into it.
 */
export function register(tag: string, element: CustomElementConstructor): void {
  const define = () => customElements.get(tag) || customElements.define(tag, element);
  if (document.readyState === 'loading') document.addEventListener('readystatechange', define);
  else define();
}
