import { readFileSync } from 'node:fs';

/** Of a package that this repository's package.json asks for. */
export function installedVersion(name: string): string {
  return JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8'))
    .version;
}
