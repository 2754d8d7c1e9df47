import { type MinifyOptions, minify } from 'terser';
import type { Plugin } from 'vite';
import { internalNames } from './internal-names.ts';

/** What the script tag's file is shortened with. */
export const terserOptions: MinifyOptions = {
  ecma: 2020,
  module: true,
  // Unsafe where a text is made of an object with a `valueOf` of its own, or of a symbol: there are none.
  compress: { passes: 4, unsafe: true, unsafe_arrows: true, unsafe_methods: true },
  mangle: { properties: { regex: new RegExp(`^(?:${internalNames.join('|')})$`) } },
  // A page that is not in UTF-8 may well load the script.
  format: { comments: false, ascii_only: true },
};

/** After the bundler has printed for the last time. */
export function minifyWithTerser(options: MinifyOptions = terserOptions): Plugin {
  return {
    name: 'minify-with-terser',
    async generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const mapName = `${chunk.fileName}.map`;
        const content = chunk.map ? JSON.stringify(chunk.map) : undefined;
        const { code = '', map } = await minify(chunk.code, {
          ...options,
          sourceMap: content ? { content, url: mapName } : false,
        });
        chunk.code = code;
        const asset = bundle[mapName];
        if (map && asset?.type === 'asset') asset.source = String(map);
      }
    },
  };
}
