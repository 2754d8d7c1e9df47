import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Manifest } from './manifest.ts';
import { webTypes } from './web-types.ts';

const manifest: Manifest = {
  modules: [
    {
      declarations: [
        { description: 'No element.' },
        {
          tagName: 'ws-a',
          description: 'An element.',
          attributes: [
            { name: 'is-open', description: 'Shown.', type: { text: 'boolean' }, default: 'false' },
            { name: 'side', type: { text: "'start' | 'end' | undefined" }, default: "'start'" },
            { name: 'delay', description: 'ms or `"1s"`.' },
          ],
          members: [
            { kind: 'field', name: 'isOpen', type: { text: 'boolean' }, default: 'false' },
            { kind: 'field', name: 'items', description: 'All.', type: { text: 'Item[]' }, readonly: true },
            { kind: 'method', name: 'close' },
          ],
          slots: [{ name: '', description: 'Its content.' }],
          events: [{ name: 'ws-open', description: 'It opened.' }],
          cssParts: [{ name: 'label', description: 'Its text.' }],
          cssProperties: [{ name: '--ws-size', description: 'Its size.', default: '1em' }],
        },
      ],
    },
  ],
};

describe('webTypes', () => {
  const data = webTypes(manifest, { name: 'ws', version: '1.2.3' }) as {
    contributions: { html: { elements: object[] } };
  };

  it('says whose it is', () => {
    assert.deepEqual(
      { ...data, $schema: undefined, contributions: undefined },
      {
        $schema: undefined,
        name: 'ws',
        version: '1.2.3',
        'js-types-syntax': 'typescript',
        'description-markup': 'markdown',
        contributions: undefined,
      },
    );
  });

  it('has everything of an element where the format wants it', () => {
    assert.deepEqual(data.contributions.html.elements, [
      {
        name: 'ws-a',
        description: 'An element.',
        attributes: [
          { name: 'is-open', description: 'Shown.', value: { type: 'boolean', required: false } },
          { name: 'side', description: '', default: 'start', value: { type: "'start' | 'end'" } },
          { name: 'delay', description: 'ms or `"1s"`.', value: { type: 'string' } },
        ],
        slots: [{ name: '', description: 'Its content.' }],
        js: {
          properties: [
            { name: 'isOpen', description: '', type: 'boolean', default: 'false' },
            { name: 'items', description: 'All.', type: 'Item[]', 'read-only': true },
          ],
          events: [{ name: 'ws-open', description: 'It opened.', type: 'CustomEvent' }],
        },
        css: {
          properties: [{ name: '--ws-size', description: 'Its size.', default: '1em' }],
          parts: [{ name: 'label', description: 'Its text.' }],
        },
      },
    ]);
  });
});
