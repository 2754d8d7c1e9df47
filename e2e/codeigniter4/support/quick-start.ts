import { readFileSync } from 'node:fs';

/** What the README asks of somebody who has a CodeIgniter application: the text itself, which the test executes. */
export interface QuickStart {
  commands: string[];
  viewLines: string[];
}

const HEADING = '## In CodeIgniter 4';

/** The first `console` and the first `php` fence of the README's section on CodeIgniter. */
export function readQuickStart(readme = new URL('../../../README.md', import.meta.url)): QuickStart {
  const text = readFileSync(readme, 'utf8');
  const section = text.slice(text.indexOf(`\n${HEADING}\n`)).split(/\n## /)[1] ?? '';
  const fence = (language: string) => {
    const [, lines = ''] = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(section) ?? [];
    if (!lines) throw new Error(`README.md: "${HEADING}" has no \`\`\`${language}`);
    return lines.trimEnd().split('\n');
  };
  return { commands: fence('console'), viewLines: fence('php') };
}
