import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('README.md', () => {
  it('has the tables that the code makes', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/readme.ts', '--check'], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  });
});

describe('links in Markdown', () => {
  const files = globSync('**/*.md', {
    cwd: root,
    exclude: (path) => /(^|\/)(node_modules|dist|\.tmp|vendor)$/.test(path),
  });

  for (const file of files) {
    it(`of ${file} lead to files and headings that exist`, () => {
      const text = readFileSync(join(root, file), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
      for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        const [path = '', heading] = target.split('#');
        const linked = path ? join(root, dirname(file), path) : join(root, file);
        assert.ok(existsSync(linked), `${target} does not exist`);
        if (heading)
          assert.ok(anchors(readFileSync(linked, 'utf8')).includes(heading), `${target} has no such heading`);
      }
    });
  }
});

/** As GitHub makes them. */
function anchors(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}
