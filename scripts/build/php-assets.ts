import { cpSync, mkdirSync, rmSync } from 'node:fs';

const dist = new URL('../../dist/', import.meta.url);
const assets = new URL('../../php/codeigniter4/assets/', import.meta.url);

/**
 * Copies the script tag's file and what it fetches from beside itself into the Composer package, which publishes it in
 * applications without npm. Source maps stay away: they are as large again, and `public/` is for visitors.
 */
export function writePhpAssets(): void {
  rmSync(assets, { recursive: true, force: true });
  mkdirSync(assets, { recursive: true });
  for (const name of ['ws-elements.js', 'extras', 'locales']) {
    cpSync(new URL(name, dist), new URL(name, assets), {
      recursive: true,
      filter: (source) => !source.endsWith('.map'),
    });
  }
}
