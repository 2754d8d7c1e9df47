import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { replaceDecorators } from './lit-decorators.ts';

const replace = (code: string) => replaceDecorators(code, 'x.ts').code;

describe('replaceDecorators', () => {
  it('declares properties with their options', () => {
    assert.equal(
      replace('class A extends B {\n  @property() a?: string;\n  @property({ type: Boolean }) b = false;\n}'),
      'class A extends B { static properties = { a: {}, b: { type: Boolean } };\n   a?: string;\n   b = false;\n}',
    );
  });

  it('makes what they begin with an option where it is asked for, and leaves no field', () => {
    const code =
      "class A { @property() a = 'x'; @property({ type: Boolean }) b = false; @property() c?: string; }";
    assert.equal(
      replaceDecorators(code, 'x.ts', true).code,
      "class A { static properties = { a: { ...{}, initial: 'x' }, b: { type: Boolean }, c: {} };    }",
    );
  });

  it('leaves their import out', () => {
    assert.equal(
      replace(
        "import { html } from 'lit';\nimport { property } from 'lit/decorators.js';\nclass A { @property() a; }",
      ),
      "import { html } from 'lit';\n\nclass A { static properties = { a: {} };  a; }",
    );
  });

  it('declares state', () => {
    assert.equal(
      replace('class A { @state() a = 1; @state({ hasChanged }) private b; }'),
      'class A { static properties = { a: { state: true }, b: { ...{ hasChanged }, state: true } };  a = 1;  private b; }',
    );
  });

  it('keeps accessors', () => {
    assert.equal(
      replace('class A { @property() get a() { return 1; } set a(value) {} }'),
      'class A { static properties = { a: {} };  get a() { return 1; } set a(value) {} }',
    );
  });

  it('looks elements up', () => {
    assert.equal(
      replace("class A { @query('p') p!: HTMLElement; }"),
      "class A {  get p() { return this.shadowRoot?.querySelector('p') ?? null; } }",
    );
  });

  it('stops at what it does not know', () => {
    assert.throws(
      () => replace('class A { @eventOptions({ passive: true }) a() {} }'),
      /x\.ts: expected @property/,
    );
    assert.throws(() => replace('class A { @property() static a = 1; }'), /decorates no plain member/);
  });
});
