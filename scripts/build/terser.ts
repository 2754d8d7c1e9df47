import { type MinifyOptions, minify } from 'terser';
import type { Plugin } from 'vite';

/** What the script tag's file is shortened with. */
export const terserOptions: MinifyOptions = {
  ecma: 2020,
  module: true,
  compress: { passes: 4, unsafe_arrows: true, unsafe_methods: true },
  mangle: { properties: { regex: /^_\$/ } },
  format: { comments: false, ascii_only: true },
};

export function minifyWithTerser(options: MinifyOptions = terserOptions): Plugin {
  return {
    name: 'minify-with-terser',
    async renderChunk(code) {
      const { code: shortened = '', map } = await minify(code, { ...options, sourceMap: true });
      return { code: shortened, map: map as string };
    },
  };
}
