/**
 * A duration in ms, from `6s` or `800ms` as CSS writes it, or from a bare number of ms. `fallback`, with a warning, for
 * what is none.
 */
export function parseDuration(text: string | null, fallback: number): number {
  const [, number, isSeconds] = /^\s*(\d*\.?\d+)\s*(?:(s)|ms)?\s*$/i.exec(text ?? '') ?? [];
  if (number) return Number(number) * (isSeconds ? 1000 : 1);
  if (text !== null) console.warn(`duration: expected "6s" or "6000ms", got "${text}"`);
  return fallback;
}
