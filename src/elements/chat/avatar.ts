const letters = new Intl.Segmenter();

/** At most two letters that stand for a name: of its first and its last word. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}\p{Extended_Pictographic}]\S*/gu) ?? [];
  return [words[0], words.length > 1 && words.at(-1)]
    .map((word) => (word ? (letters.segment(word)[Symbol.iterator]().next().value?.segment ?? '') : ''))
    .join('')
    .toUpperCase();
}

/** A hue that is always the same for the same person, degrees. */
export function hueOf(key: string): number {
  let hash = 0;
  for (const letter of key) hash = (hash * 31 + (letter.codePointAt(0) as number)) % 3600;
  // Steps that the eye tells apart.
  return (hash % 12) * 30;
}
