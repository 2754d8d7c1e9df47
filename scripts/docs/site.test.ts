import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildDocs } from './build.ts';
import { makeSite } from './site.ts';

const make = (sources: Record<string, string>) => makeSite(new Map(Object.entries(sources)), [], new Map());
const contentOf = (source: string) => make({ 'elements/x.md': source }).pages[0]?.content ?? '';

describe('a page of the documentation', () => {
  it('runs its html fences, and the fences behind them with them', () => {
    const site = make({
      'x.md': '# X\n\n```html\n<p id="a"></p>\n```\n```css\np { color: red }\n```\n```js\nrun();\n```\n',
    });
    const [page] = site.pages;
    assert.match(page?.content ?? '', /<div class="live">\n<p id="a"><\/p>/);
    assert.match(page?.content ?? '', /<code>&lt;p id=&quot;a&quot;&gt;/);
    assert.equal(site.files.get('x.css'), ':where(#example-1) {\np { color: red }\n}\n');
    assert.equal(site.files.get('x.example-1.js'), 'run();\n');
  });

  it('only shows other fences', () => {
    assert.doesNotMatch(contentOf('# X\n\n```css\np {}\n```\n'), /class="example"/);
  });

  it('is a user’s where an example asks for it', () => {
    assert.match(
      contentOf('# X\n\n```html as=ana\n<p></p>\n```\n'),
      /<ws-connection token-url="\/token\?user=ana">/,
    );
  });

  it('publishes by its address and example', () => {
    const site = make({ 'x.md': '# X\n\n```html\n<p></p>\n```\n```json publish\n{"channel": "a"}\n```\n' });
    assert.deepEqual([...site.publications], [['x#example-1', { channel: 'a' }]]);
  });

  it('has what was published before, one by one', () => {
    const before = (text: string) => `\`\`\`html\n<p></p>\n\`\`\`\n\`\`\`json before\n${text}\n\`\`\`\n\n`;
    const batch = '{"batch": [{"channel": "a"}, {"channel": "b"}]}';
    const site = make({ 'x.md': `# X\n\n${before(batch)}${before('{"channel": "c"}')}` });
    assert.deepEqual(site.before, [{ channel: 'a' }, { channel: 'b' }, { channel: 'c' }]);
    assert.deepEqual([...site.publications], []);
  });

  it('says in which file and line something is wrong', () => {
    assert.throws(() => make({ 'x.md': 'X' }), /^Error: docs\/x\.md: expected "# Title" in its first line$/);
    assert.throws(
      () => make({ 'x.md': '# X\n\n```html as\n```' }),
      /^Error: docs\/x\.md: line 3: expected "html"/,
    );
    assert.throws(
      () => make({ 'x.md': '# X\n\n```json publish\n{}\n```' }),
      /line 3: "json publish" needs an "html" right before it/,
    );
    assert.throws(
      () => make({ 'x.md': '# X\n\n```html\n<p id="a">\n```\n\n```html\n<p id="a">\n```' }),
      /two examples have the id "a"/,
    );
    assert.throws(
      () => make({ 'x.md': '# X\n\n<!-- api ws-nothing -->' }),
      /there is no element <ws-nothing>/,
    );
  });

  it('leads to pages, and shows links out of docs/ as text', () => {
    const content = contentOf('# X\n\n[a](../y.md#z) [b](../../README.md) [c](https://x.example/d.md)');
    assert.match(
      content,
      /<a href="\.\.\/y\.html#z">a<\/a> <span>b<\/span> <a href="https:\/\/x\.example\/d\.md">c<\/a>/,
    );
  });

  it('has text for text', () => {
    assert.match(contentOf('# X\n\n<img src=x onerror=alert(1)>'), /&lt;img/);
  });
});

describe('the documentation', () => {
  const site = buildDocs();

  for (const { path } of site.pages) {
    it(`leads only to what is there: ${path}`, () => {
      const base = new URL(`${path}.html`, 'http://docs/');
      const links = String(site.files.get(`${path}.html`)).matchAll(/\s(?:href|src)="([^"]+)"/g);
      const addresses = [...links]
        .map(([, href = '']) => new URL(href, base))
        .filter(({ host }) => host === 'docs');
      assert.ok(addresses.length);
      for (const { pathname, hash } of addresses) {
        const file = site.files.get(pathname.slice(1));
        assert.ok(file !== undefined, pathname);
        const id = decodeURIComponent(hash.slice(1));
        if (id) assert.ok(String(file).includes(`id="${id}"`), pathname + hash);
      }
    });
  }

  it('has everything that an element takes, tells and shows on its page', () => {
    const page = String(site.files.get('elements/ws-chat.html'));
    for (const heading of [
      'Attributes',
      'Properties and methods',
      'Events',
      'Slots',
      'Parts',
      'Custom properties',
    ]) {
      assert.ok(page.includes(`>${heading}</h3>`), heading);
    }
    assert.ok(page.includes('<code>ws-message-send</code>'));
  });
});
