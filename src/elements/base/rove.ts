const steps: Partial<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
};

/**
 * Moves the focus among a list's items by arrow, Home, End and Page keys, to be called at `keydown`.
 *
 * @param from - Which has it first; the last one where there are fewer.
 */
export function rove(event: KeyboardEvent, items: readonly HTMLElement[], from: number): void {
  const step = steps[event.key];
  if (!step || !items.length) return;
  event.preventDefault();
  const at = items.findIndex((item) => item.matches(':focus-within'));
  const next = at < 0 && Number.isFinite(step) ? from : Math.max(0, at) + step;
  items[Math.max(0, Math.min(next, items.length - 1))]?.focus();
}
