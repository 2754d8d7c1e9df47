import { expect, fixture, html } from '@open-wc/testing';
import { languageOf } from './language.ts';

describe('languageOf', () => {
  it('is that of the nearest element that names one', async () => {
    const outer = await fixture(html`<div lang="de"><p lang="pt-BR"><b></b></p><i></i></div>`);
    expect(languageOf(outer.querySelector('b') as Element)).to.equal('pt-BR');
    expect(languageOf(outer.querySelector('i') as Element)).to.equal('de');
  });

  it('goes out of shadow roots, whose hosts have a language', async () => {
    const outer = await fixture(html`<div lang="tr"><p><b></b></p></div>`);
    const inner = document.createElement('i');
    outer.querySelector('p')?.attachShadow({ mode: 'open' }).append(inner);
    expect(languageOf(inner)).to.equal('tr');
  });

  it("leaves it to the browser where the page's is none", async () => {
    const outer = await fixture(html`<div lang="en_US"><b></b></div>`);
    expect(languageOf(outer.querySelector('b') as Element)).to.equal(undefined);
    outer.setAttribute('lang', '');
    expect(languageOf(outer.querySelector('b') as Element)).to.equal(undefined);
  });
});
