const letters = new Intl.Segmenter();

/** At most two letters that stand for a name: of its first and its last word. */
export function initialsOf(name: string): string {
  const words: string[] = name.match(/[\p{L}\p{N}\p{Extended_Pictographic}]\S*/gu) ?? [];
  return [words.shift(), words.pop()]
    .map((word = '') => [...letters.segment(word)][0]?.segment)
    .join('')
    .toUpperCase();
}

/** A hue that is always the same for the same person, degrees. */
export function hueOf(key: string): number {
  // Steps that the eye tells apart.
  let step = 0;
  for (const letter of key) step = (step * 31 + (letter.codePointAt(0) as number)) % 12;
  return step * 30;
}
