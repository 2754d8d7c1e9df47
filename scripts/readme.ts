/**
 * `node scripts/readme.ts` writes README.md's made parts anew; `--check` says whether they are stale instead. Needs
 * `dist/custom-elements.json`, so a build comes first.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { flagOf, optionTable, variableOf } from '../server/src/options/option-table.ts';
import { elementSection, fillSection, type ManifestElement, optionSection } from './readme-sections.ts';

const root = new URL('..', import.meta.url);
const order = ['ws-connection', 'ws-status-indicator', 'ws-chat', 'ws-notifications'];

const manifest = JSON.parse(readFileSync(new URL('dist/custom-elements.json', root), 'utf8')) as {
  modules: { declarations?: Partial<ManifestElement>[] }[];
};
const elements = manifest.modules
  .flatMap(({ declarations }) => declarations ?? [])
  .filter((declaration): declaration is ManifestElement => Boolean(declaration.tagName))
  .sort((a, b) => order.indexOf(a.tagName) - order.indexOf(b.tagName));

const options = optionTable.map((row) => ({
  flag: flagOf(row) + (row.kind.placeholder ? ` ${row.kind.placeholder}` : ''),
  variable: variableOf(row),
  default: row.default === undefined || row.default === false ? '' : String(row.default),
  help: row.help,
}));

const file = new URL('README.md', root);
const before = readFileSync(file, 'utf8');
let after = fillSection(before, 'elements', `\n${elements.map(elementSection).join('\n\n')}\n`);
after = fillSection(after, 'server-options', `\n${optionSection(options)}\n`);

if (!process.argv.includes('--check')) {
  writeFileSync(file, after);
} else if (after !== before) {
  console.error('README.md is stale: node scripts/readme.ts writes its tables anew');
  process.exitCode = 1;
}
