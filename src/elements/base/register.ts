/** Registers an element unless its tag is taken: a script that is loaded twice must not throw. */
export function register(tag: string, element: CustomElementConstructor): void {
  if (!customElements.get(tag)) customElements.define(tag, element);
}
