import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { llmsText } from './llms-text.ts';

describe('llmsText', () => {
  const text = llmsText(
    {
      modules: [
        {
          declarations: [
            { tagName: 'ws-b', description: 'The second.' },
            {
              tagName: 'ws-a',
              description: 'The first.',
              attributes: [{ name: 'open', description: 'Shown.' }],
              events: [{ name: 'ws-open', description: 'It opened.' }],
              slots: [{ name: '', description: 'Its content.' }],
              cssParts: [{ name: 'label', description: 'Its text.' }],
              cssProperties: [{ name: '--ws-size', description: 'Its size.' }],
            },
          ],
        },
      ],
    },
    { name: 'ws', description: 'What it is.', documents: [{ path: 'docs/a.md', title: 'All of it' }] },
  );

  it('begins with a title and a summary, as the convention wants it', () => {
    assert.match(text, /^# ws\n\n> What it is\.\n\n/);
    assert.equal(text.match(/^# /gm)?.length, 1);
  });

  it('has every element with all that it takes, tells and shows', () => {
    assert.match(text, /### `<ws-a>`\n\nThe first\.[^#]*### `<ws-b>`\n\nThe second\./);
    for (const name of ['`open`', '`ws-open`', '(default)', '`label`', '`--ws-size`'])
      assert.ok(text.includes(`| ${name} |`), name);
  });

  it('links to the documents from one folder below', () => {
    assert.match(text, /## Docs\n\n- \[All of it\]\(\.\.\/docs\/a\.md\)/);
  });
});
