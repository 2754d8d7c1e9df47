import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';
import { entries } from './scripts/build/entries.ts';
import { extras, extrasBeside } from './scripts/build/extras.ts';
import { replaceLitDecorators } from './scripts/build/lit-decorators.ts';
import { shortenPrivateProperties } from './scripts/build/private-properties.ts';
import { minifyTemplateLiterals } from './scripts/build/template-literals.ts';
import { minifyWithTerser } from './scripts/build/terser.ts';

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

/**
 * Loaded twice, the first one stays. This stands before everything else in the script, because Lit's Trusted Types policy
 * may be made only once and is made as soon as Lit is read.
 */
const firstStays = `const loaded = globalThis.WsElements;
if (loaded) {
  if (loaded.version !== ${JSON.stringify(version)})
    console.warn(\`ws-elements: \${loaded.version} stays, ${version} does nothing. Load one of them.\`);
  return;
}`;

const common: UserConfig = {
  publicDir: false,
  define: { __VERSION__: JSON.stringify(version) },
  logLevel: 'warn',
};

/** How all of them are written, into one folder. */
const emitted: UserConfig['build'] = {
  target: 'es2022',
  emptyOutDir: false,
  modulePreload: false,
  sourcemap: true,
};

/** The script tag's: one classic script, everything inside, no name but those that the entry sets itself. */
const script: UserConfig = {
  ...common,
  resolve: {
    alias: [{ find: /^lit$/, replacement: fileURLToPath(new URL('./src/lit/index.ts', import.meta.url)) }],
  },
  plugins: [
    extrasBeside(),
    replaceLitDecorators(true),
    minifyTemplateLiterals(),
    shortenPrivateProperties(),
    minifyWithTerser(),
  ],
  build: {
    ...emitted,
    // Before terser: each finds what the other does not.
    minify: 'oxc',
    rolldownOptions: {
      input: 'src/ws-elements.ts',
      output: { format: 'iife', entryFileNames: 'ws-elements.js', intro: firstStays },
    },
  },
};

/** What the script tag fetches from beside itself when a page asks for it. */
const beside: UserConfig = {
  ...common,
  plugins: [minifyWithTerser()],
  build: {
    ...emitted,
    minify: 'oxc',
    rolldownOptions: {
      input: extras(),
      preserveEntrySignatures: 'strict',
      output: { format: 'es', entryFileNames: '[name].js' },
    },
  },
};

/** A bundler's: one module per element and `index.js`, what they share in chunks, Lit left to the page. */
const modules: UserConfig = {
  ...common,
  plugins: [replaceLitDecorators(), minifyTemplateLiterals()],
  build: {
    ...emitted,
    minify: false,
    rolldownOptions: {
      input: entries(),
      external: /^lit(\/|$)/,
      preserveEntrySignatures: 'strict',
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
};

export default defineConfig(({ mode }) => ({ script, beside, modules })[mode] ?? script);
