import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Manifest } from './manifest.ts';
import { cssData, htmlData } from './vscode-data.ts';

const manifest: Manifest = {
  modules: [
    {
      declarations: [
        { description: 'No element.' },
        {
          tagName: 'ws-a',
          description: 'An element.',
          attributes: [
            { name: 'open', description: 'Shown.', type: { text: 'boolean' }, default: 'false' },
            { name: 'side', type: { text: "'start' | 'end'" } },
          ],
          events: [{ name: 'ws-open', description: 'It opened.' }],
          cssParts: [{ name: 'label', description: 'Its text.' }],
          cssProperties: [{ name: '--ws-size', description: 'Its size.', default: '1em' }],
        },
        { tagName: 'ws-b', cssParts: [{ name: 'label', description: 'Another.' }] },
      ],
    },
  ],
};

describe('htmlData', () => {
  const { tags } = htmlData(manifest) as { tags: { description: { value: string } }[] };

  it('has every element, with its attributes and the values they take', () => {
    assert.deepEqual(
      tags.map((tag) => ({ ...tag, description: undefined })),
      [
        {
          name: 'ws-a',
          description: undefined,
          attributes: [
            { name: 'open', description: 'Shown.\n\nDefault: false', valueSet: 'v' },
            { name: 'side', description: '', values: [{ name: 'start' }, { name: 'end' }] },
          ],
        },
        { name: 'ws-b', description: undefined, attributes: [] },
      ],
    );
  });

  it('lists the rest in the description', () => {
    const described = tags[0]?.description.value ?? '';
    assert.match(described, /^An element\./);
    assert.match(described, /\*\*Events\*\*\n- `ws-open`: It opened\./);
    assert.match(described, /\*\*Custom properties\*\*\n- `--ws-size`: Its size\./);
  });
});

describe('cssData', () => {
  it('has custom properties, and a part once for all elements', () => {
    assert.deepEqual(cssData(manifest), {
      version: 1.1,
      properties: [{ name: '--ws-size', description: 'Its size.\n\nDefault: 1em' }],
      pseudoElements: [{ name: '::part(label)', description: '`<ws-a>`: Its text.\n\n`<ws-b>`: Another.' }],
    });
  });
});
