/** Writes `protocol/schemas/*.json` anew from the schemas in `protocol/src/`. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { schemaFiles } from './json-schemas.ts';

const folder = new URL('../schemas/', import.meta.url);
const files = schemaFiles();
await rm(folder, { recursive: true, force: true });
await mkdir(folder);
for (const [name, text] of files) await writeFile(new URL(name, folder), text);
console.log(`protocol/schemas: ${files.size} written`);
