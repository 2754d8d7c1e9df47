/**
 * Writes `dist/locales/`: the elements' texts in other languages, a file each, which the script asks for where a page
 * needs it.
 */
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Texts } from '../../src/elements/base/texts.ts';

const sources = new URL('../../src/locales/', import.meta.url);

/** The texts of every language but English, by language. */
export async function readLocales(): Promise<Map<string, Texts>> {
  const locales = new Map<string, Texts>();
  for (const file of globSync('*.ts', { cwd: fileURLToPath(sources) }).sort()) {
    locales.set(basename(file, '.ts'), (await import(new URL(file, sources).href)).default);
  }
  return locales;
}

/** @param directory - With a slash at its end. */
export async function writeLocales(
  directory = new URL('../../dist/locales/', import.meta.url),
): Promise<void> {
  mkdirSync(directory, { recursive: true });
  for (const [language, texts] of await readLocales()) {
    writeFileSync(new URL(`${language}.json`, directory), JSON.stringify(texts));
  }
}
