import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { elementSection, fillSection, optionSection } from './readme-sections.ts';

describe('README sections', () => {
  it('list what an element takes, tells and shows', () => {
    const section = elementSection({
      tagName: 'ws-x',
      description: 'Shows x.',
      attributes: [{ name: 'size', description: 'In px | em.', default: "'2'" }],
      events: [{ name: 'ws-x-change', description: 'It changed.' }],
      slots: [{ name: '', description: 'Replaces the label.' }],
    });
    assert.match(section, /^### `<ws-x>`\n\nShows x\.\n/);
    assert.match(section, /\| attribute \| `size` \| In px \\\| em\. Default: `'2'`\. \|/);
    assert.match(section, /\| event \| `ws-x-change` \| It changed\. \|/);
    assert.match(section, /\| slot \| \(default\) \| Replaces the label\. \|/);
  });

  it('list options with their three names', () => {
    const section = optionSection([{ flag: 'port', variable: 'WS_PORT', default: '8081', help: 'TCP port' }]);
    assert.match(section, /\| `--port` \| `WS_PORT` \| `8081` \| TCP port \|/);
  });

  it('replace what stood between the marks, and only that', () => {
    const text = 'a\n<!-- x -->\nold\n<!-- /x -->\nb';
    assert.equal(fillSection(text, 'x', 'new'), 'a\n<!-- x -->\nnew\n<!-- /x -->\nb');
    assert.throws(() => fillSection(text, 'y', 'new'), /no section <!-- y -->/);
  });
});
