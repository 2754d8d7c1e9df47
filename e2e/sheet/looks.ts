import type { BrowserContextOptions } from 'playwright-core';
import { arabic, english, type Words } from './words.ts';

/** How all scenes are shown in one picture. */
export interface Look {
  /** Of the picture's file, `sheet-….png`. */
  name: string;
  words: Words;
  options: BrowserContextOptions;
  /** px, of a scene. */
  width: number;
  /** Of the browser: at 2, 200 %, a page is half as wide. Shows only scenes that are unlike others. */
  zoom?: number;
  /** A file of `themes/`, without its ending. */
  theme?: string;
  /** The page around a scene, as a site has it that goes with the theme. */
  page: string;
}

export const THEMES = ['bootstrap', 'back-office', 'playful'] as const;

/** Where a page has a font and margins of its own and nothing else. */
const plain =
  ':root { color-scheme: light dark; } body { font: 1rem / 1.5 Arial, sans-serif; background: Canvas; }';

const pages: Record<(typeof THEMES)[number], string> = {
  // As Bootstrap 5 has them.
  bootstrap: `:root { color-scheme: light dark; }
    body { font: 1rem / 1.5 Arial, sans-serif; color: light-dark(#212529, #dee2e6); background: light-dark(#fff, #212529); }`,
  'back-office': `:root { color-scheme: light dark; }
    body { font: 0.8125rem / 1.4 Arial, sans-serif; background: light-dark(#eceff2, #101418); }`,
  playful: `:root { color-scheme: light dark; }
    body { font: 1rem / 1.5 Arial, sans-serif; background: light-dark(#fff4ea, #1a1026); }`,
};

const light = { words: english, width: 420, page: plain, options: { colorScheme: 'light' as const } };

/** A picture each. */
export const looks: readonly Look[] = [
  { ...light, name: 'light' },
  { ...light, name: 'dark', options: { colorScheme: 'dark' } },
  { ...light, name: 'right-to-left', words: arabic },
  { ...light, name: 'narrow', width: 240 },
  { ...light, name: 'phone', width: 320 },
  { ...light, name: 'forced-colours', options: { forcedColors: 'active', colorScheme: 'dark' } },
  { ...light, name: 'zoom', width: 210, zoom: 2 },
  ...THEMES.flatMap((theme) =>
    (['light', 'dark'] as const).map((colorScheme) => ({
      ...light,
      name: `${theme}-${colorScheme}`,
      theme,
      page: pages[theme],
      options: { colorScheme },
    })),
  ),
];
