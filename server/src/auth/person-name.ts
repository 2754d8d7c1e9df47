import { MAX_NAME_LENGTH } from '../../../protocol/src/names.ts';

/**
 * A person's name as others may see it: without control characters, without marks that turn the direction of what follows,
 * in one line, at most 64 code points. `undefined` if nothing is left.
 */
export function personName(given: string | null | undefined): string | undefined {
  const text = (given ?? '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFD]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  const name = Array.from(text).slice(0, MAX_NAME_LENGTH).join('').trim();
  // Without letters, digits or signs there is nothing to see.
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(name) ? name : undefined;
}
