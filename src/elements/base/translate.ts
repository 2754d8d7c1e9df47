import { findScript } from '../../connection/configuration.ts';
import { english, type Texts } from './texts.ts';

/** What has a file beside the script, `locales/de.json`. */
const LANGUAGES = /^(ar|de|es|fr|hi|id|ja|pt|ru|tr|zh)$/;

/** By language, lower case; '' is what a page put in for all. */
const catalogues = new Map<string, Partial<Texts>>();
/** Languages whose file was asked for; '' once the page was read. */
const asked = new Set<string>();
/** What shows texts, and is told when they change. */
export const speakers = new Set<{ requestUpdate(): void }>();

const tellSpeakers = () => {
  for (const speaker of speakers) speaker.requestUpdate();
};
new MutationObserver(tellSpeakers).observe(document, { subtree: true, attributeFilter: ['lang'] });

/**
 * Puts texts in place of the elements' own: of one language, or without one of every language. Like
 * `<script type="application/json" data-ws-texts lang="de">{"send": "Los"}</script>` in the page.
 *
 * @param texts - By the names that README lists; plural ones by the categories of `Intl.PluralRules`.
 * @param language - As in `lang`, with region (`pt-BR`) or without.
 */
export function setTexts(texts: Partial<Texts>, language = ''): void {
  const key = language.toLowerCase();
  catalogues.set(key, { ...catalogues.get(key), ...texts });
  tellSpeakers();
}

/**
 * A text in a language; in English where that language has none. Asks for the language's file at its first text.
 *
 * @param values - What `{…}` stands for; `n` decides the plural form.
 */
export function translate(
  key: keyof Texts,
  values: Record<string, string | number> = {},
  language = 'en',
): string {
  const full = language.toLowerCase();
  const base = full.replace(/-.*/, '');
  if (!asked.has('')) readPage();
  if (!asked.has(base)) load(base);
  const text =
    catalogues.get('')?.[key] ?? catalogues.get(full)?.[key] ?? catalogues.get(base)?.[key] ?? english[key];
  const form =
    typeof text === 'string'
      ? text
      : (text[new Intl.PluralRules(language).select(Number(values.n))] ?? text.other);
  return form.replace(/\{(\w+)\}/g, (_, name) => (values[name] ?? '').toLocaleString(language));
}

function readPage(): void {
  asked.add('');
  for (const script of document.querySelectorAll<HTMLScriptElement>('script[data-ws-texts]')) {
    try {
      setTexts(JSON.parse(script.text), script.lang);
    } catch (problem) {
      console.warn(`data-ws-texts: ${problem}`);
    }
  }
}

async function load(language: string): Promise<void> {
  asked.add(language);
  const { src = '', dataset } = (findScript() ?? {}) as Partial<HTMLScriptElement>;
  if (!src || !LANGUAGES.test(language)) return;
  // With the script's query: a new version is not served old texts.
  const url = new URL(`${dataset?.locales ?? 'locales/'}${language}.json${new URL(src).search}`, src);
  try {
    const texts = await (await fetch(url)).json();
    // What the page put in goes before it.
    setTexts({ ...texts, ...catalogues.get(language) }, language);
  } catch (problem) {
    console.warn(`ws-elements: ${url}: ${problem}. Texts stay English.`);
  }
}
