/** The field that the user writes in, in whatever shadow tree it stands. */
export function focusedField(): Element | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active?.matches('input,textarea,select,[contenteditable]') ? active : undefined;
}

/** Whether two boxes share a point. */
export function overlap(a: DOMRect, b: DOMRect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
