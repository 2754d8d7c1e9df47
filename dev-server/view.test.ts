import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderView } from './view.ts';

describe('a view', () => {
  it('shows values as text', () => {
    assert.equal(renderView('<p>{{name}}</p>', { name: '<b>"&\'' }), '<p>&#60;b&#62;&#34;&#38;&#39;</p>');
  });

  it('takes HTML where it asks for it', () => {
    assert.equal(renderView('<ul>{{{items}}}</ul>', { items: '<li>1</li>' }), '<ul><li>1</li></ul>');
  });

  it('does not fill in what a value says', () => {
    assert.equal(renderView('{{name}}', { name: '{{secret}}', secret: 'x' }), '{{secret}}');
  });

  it('shows a part of its source as the text that it is', () => {
    const view =
      '  <!-- snippet tag -->\n  <a href="{{url}}">\n    x</a>\n  <!-- /snippet -->\n<pre>{{snippet tag}}</pre>';
    assert.equal(
      renderView(view, { url: '/?a=1&b=2' }),
      '  <a href="/?a=1&#38;b=2">\n    x</a>\n<pre>&#60;a href=&#34;/?a=1&#38;#38;b=2&#34;&#62;\n  x&#60;/a&#62;</pre>',
    );
  });

  it('fails where it wants something that it was not given', () => {
    assert.throws(() => renderView('{{nobody}}', {}), /nobody/);
    assert.throws(() => renderView('{{snippet nothing}}', {}), /nothing/);
  });
});
