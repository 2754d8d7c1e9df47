import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { english, type Plural } from '../../src/elements/base/texts.ts';
import { readLocales, writeLocales } from './locales.ts';

/** What is the same word in English. */
const SAME: Record<string, string[]> = {
  de: ['latency', 'server'],
  es: ['latency'],
  fr: ['latency', 'notifications', 'message'],
  id: ['latency', 'server'],
  pt: ['latency'],
  tr: ['latency'],
};

/** A letter of another alphabet may look right and is read out wrong. */
const FOREIGN: Record<string, RegExp> = {
  ar: /[^\p{scx=Arabic}\P{L}]/u,
  hi: /[^\p{scx=Devanagari}\P{L}]/u,
  ja: /[^\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Han}\P{L}]/u,
  ru: /[^\p{scx=Cyrillic}\P{L}]/u,
  zh: /[^\p{scx=Han}\P{L}]/u,
};
const NOT_LATIN = /[^\p{scx=Latin}\P{L}]/u;

const locales = await readLocales();
const keys = Object.keys(english) as (keyof typeof english)[];

/** Every form of a text; one that has no number is as for any. */
const formsOf = (text: string | Plural): [form: string, text: string][] =>
  typeof text === 'string' ? [['other', text]] : Object.entries(text);

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();

const withoutPlaceholders = (text: string) => text.replaceAll(/\{\w+\}/g, '');

/** Whether a form is for one number only, so that the number may be said in words. */
function isOfOneNumber(language: string, form: string): boolean {
  const rules = new Intl.PluralRules(language);
  return Array.from({ length: 200 }, (_, n) => n).filter((n) => rules.select(n) === form).length === 1;
}

describe('locales', () => {
  it('are those that the script asks for', () => {
    const source = readFileSync(new URL('../../src/elements/base/translate.ts', import.meta.url), 'utf8');
    const [, languages] = /const LANGUAGES = \/\^\(([a-z|]+)\)\$\//.exec(source) ?? [];
    assert.ok(languages, 'translate.ts: expected LANGUAGES, a regular expression like /^(de|fr)$/');
    assert.deepEqual([...locales.keys()], languages.split('|').sort());
  });

  it('are written as JSON, one file a language', async (t) => {
    const directory = mkdtempSync(join(tmpdir(), 'ws-locales-'));
    t.after(() => rmSync(directory, { recursive: true }));
    await writeLocales(pathToFileURL(`${directory}/`));
    assert.deepEqual(
      readdirSync(directory).sort(),
      [...locales.keys()].map((language) => `${language}.json`),
    );
    for (const [language, texts] of locales) {
      const json = readFileSync(join(directory, `${language}.json`), 'utf8');
      assert.deepEqual(JSON.parse(json), texts);
      assert.doesNotMatch(json, /\n/);
    }
  });
});

for (const [language, texts] of locales) {
  const forms = keys.flatMap((key) =>
    formsOf(texts[key] ?? '').map(([form, text]) => ({ name: `${key}.${form}`, key, form, text })),
  );
  const expectNone = (found: { name: string; text: string }[]) =>
    assert.deepEqual(
      found.map(({ name, text }) => `${name}: ${text}`),
      [],
    );

  describe(`locales: ${language}`, () => {
    it("has English's texts, in their order", () => {
      assert.deepEqual(Object.keys(texts), keys);
    });

    it('has the plural forms of the language', () => {
      const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories.sort();
      for (const key of keys) {
        const text = texts[key];
        if (typeof text !== 'string') assert.deepEqual(Object.keys(text).sort(), categories, key);
        else assert.equal(typeof english[key], 'string', `${key}: expected plural forms`);
      }
    });

    it('puts the same in as English', () => {
      for (const { name, key, form, text } of forms) {
        const [[, original] = ['', '']] = formsOf(english[key]);
        const isInWords = typeof texts[key] !== 'string' && isOfOneNumber(language, form);
        const expected = placeholders(original);
        const found = placeholders(text);
        if (isInWords && !found.includes('n'))
          assert.deepEqual(
            found,
            expected.filter((placeholder) => placeholder !== 'n'),
            name,
          );
        else assert.deepEqual(found, expected, name);
      }
    });

    it('is translated', () => {
      const isSame = (key: keyof typeof english) => {
        const originals = formsOf(english[key]).map(([, text]) => text);
        return formsOf(texts[key]).some(([, text]) => originals.includes(text.replaceAll('\u00a0', ' ')));
      };
      assert.deepEqual(
        keys.filter(isSame),
        keys.filter((key) => SAME[language]?.includes(key)),
      );
    });

    it('is finished', () => {
      expectNone(
        forms.filter(({ text }) => !withoutPlaceholders(text).trim() || /TODO|FIXME|XXX/.test(text)),
      );
    });

    it('is a sentence where English is', () => {
      expectNone(
        forms.filter(({ key, text }) => {
          const [[, original] = ['', '']] = formsOf(english[key]);
          return /[.。।]$/.test(text) !== original.endsWith('.');
        }),
      );
    });

    it('has the signs of print: no straight quotes, three dots, or stray spaces', () => {
      expectNone(forms.filter(({ text }) => /['"]|\.\.\.|^\s|\s$|\s\s/.test(text)));
    });

    it('has the letters of the language', () => {
      const foreign = FOREIGN[language] ?? NOT_LATIN;
      expectNone(forms.filter(({ text }) => foreign.test(withoutPlaceholders(text))));
    });
  });
}
