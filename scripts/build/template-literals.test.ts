import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { minifyTemplates } from './template-literals.ts';

const minify = (code: string) => minifyTemplates(code, 'x.js').code;

describe('minifyTemplates', () => {
  it('shortens html and svg, inside one another too', () => {
    assert.equal(
      minify('const a = html`<p>\n  ${b.map((c) => svg`<g  />`)}\n</p>`;'),
      'const a = html`<p> ${b.map((c) => svg`<g/>`)} </p>`;',
    );
  });

  it('shortens css', () => {
    assert.equal(minify('css`\n  :host {\n    color: #ffffff;\n  }\n`'), 'css`:host{color:#fff}`');
  });

  it('shortens css that is known only in the page, and leaves the texts in it', () => {
    assert.equal(
      minify('css`a { width: min(1em, var(--a, 2em)); &::after { content: ", " var(--b, ", \\\\", "); } }`'),
      'css`a{width:min(1em,var(--a,2em));&:after{content:", " var(--b,", \\\\", ")}}`',
    );
  });

  it('leaves what it does not know, and other strings', () => {
    const code = 'text`  a  `; `  b  `; "html`  c  `"; x.html`  d  `;';
    assert.equal(minify(code), code);
  });

  it('keeps escapes', () => {
    assert.equal(minify('html`<p>\\`  \\${a}</p>`'), 'html`<p>\\` \\${a}</p>`');
    const { css } = { css: (parts: TemplateStringsArray) => parts.join() };
    const shortened = minify('css`a::after { content: "\\\\201c \\`" }`').slice(3);
    const value = new Function('css', `return css${shortened}`)(css);
    assert.equal(value, 'a:after{content:"“`"}');
  });

  it('escapes what a page in another encoding would take for something else', () => {
    assert.equal(minify('html`· <b>→</b> 😀`'), 'html`\\xb7 <b>\\u2192</b> \\ud83d\\ude00`');
    assert.equal(minify("css`a{content:'\\\\a0'}`"), 'css`a{content:"\\xa0"}`');
  });

  it('does not pass on what the script cannot render', () => {
    const wrong = [
      'html`<input .value=${a}>`',
      'html`<p ${a}></p>`',
      'html`<!-- ${a} -->`',
      'html`<textarea>${a}</textarea>`',
      'html`<p title="a > b">${a}</p>`',
    ];
    for (const template of wrong)
      assert.throws(() => minify(template), /x\.js: the script's templates have no/);
  });

  it('does not pass a wrong stylesheet on', () => {
    assert.throws(() => minify('css`a { color: red; } }`'));
    assert.throws(() => minify('css`a { color: ${b}; }`'), /x\.js: css`…` with an expression/);
  });
});
