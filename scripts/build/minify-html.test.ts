import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { minifyHtml } from './minify-html.ts';

/** `…` is an expression. */
const minify = (text: string) => minifyHtml(text.split('…')).join('…');

describe('minifyHtml', () => {
  it('leaves one space where there was white space between words, tags and expressions', () => {
    assert.equal(minify('\n  <p>\n    a\t b …\n  …</p>\n'), ' <p> a b … …</p> ');
    assert.equal(minify('<b>a</b><i>b</i>'), '<b>a</b><i>b</i>');
  });

  it('leaves none beside a block, where it would be a node that shows nothing', () => {
    assert.equal(
      minify('\n <div>\n <b>a</b> <i>b</i>\n </div> … <ol>\n <li>… c </li>\n</ol>\n'),
      '<div><b>a</b> <i>b</i></div>…<ol><li>… c</li></ol>',
    );
    assert.equal(minify('<svg>\n <path d="…" /> </svg> <divider> a'), '<svg><path d=… /></svg> <divider> a');
    assert.equal(minify('<div title="a > b"> a</div> <!-- c --> b'), '<div title="a > b">a</div>b');
  });

  it('leaves in tags what they need', () => {
    assert.equal(minify('<p\n  id="a"\n  hidden\n>…</p\n>'), '<p id=a hidden>…</p>');
  });

  it('keeps quotes that a value needs', () => {
    assert.equal(minify('<p class="a b" title="" lang=\'it"s\'>'), '<p class="a b" title="" lang=\'it"s\'>');
    assert.equal(minify('<a class="a …" href="/x?a=…">'), '<a class="a …" href="/x?a=…">');
  });

  it("knows Lit's bindings", () => {
    assert.equal(
      minify('<p .value="…" ?hidden="…" @click=…\n a=…  …></p>'),
      '<p .value=… ?hidden=… @click=… a=… …></p>',
    );
    assert.equal(minify('<…  a="…"></…>'), '<… a=…></…>');
  });

  it('does not draw a slash into a value', () => {
    assert.equal(minify('<path d="…"/><path d="M0" /><br />'), '<path d=… /><path d=M0 /><br/>');
  });

  it('takes a > in a value for what it is', () => {
    assert.equal(minify('<p title="a > b"   id="c">  d'), '<p title="a > b" id=c> d');
  });

  it('drops comments, unless there is an expression in one', () => {
    assert.equal(minify('a <!-- b --> <!-- c --> d<!-- e -->f'), 'a df');
    assert.equal(minify('a<!-- … -->b'), 'a<!-- … -->b');
  });

  it('keeps every character where it shows', () => {
    for (const tag of ['pre', 'textarea', 'script', 'style']) {
      const text = `<${tag} a>  b\n  …  c</${tag}>`;
      assert.equal(minify(text), text);
    }
  });

  it('shortens the tag of a textarea that has no text', () => {
    assert.equal(
      minify('<textarea\n  id="a"\n  @input=…\n></textarea> <textarea>  b  </textarea>'),
      '<textarea id=a @input=…></textarea> <textarea>  b  </textarea>',
    );
  });

  it('keeps the number of parts', () => {
    assert.deepEqual(minifyHtml(['<p>', '', '  ', '</p>']), ['<p>', '', ' ', '</p>']);
    assert.deepEqual(minifyHtml(['\uE000  ', 'a']), ['\uE000  ', 'a']);
  });
});
