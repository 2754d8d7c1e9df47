import { expect, waitUntil } from '@open-wc/testing';
import { setTexts, speakers, translate } from './translate.ts';

describe('translate', () => {
  it('puts values in, numbers as the language writes them', () => {
    expect(translate('guest', { id: 'x' })).to.equal('Guest x');
    expect(translate('latency', { n: 1234 })).to.equal('1,234 ms');
    expect(translate('latency', { n: 1234 }, 'sv')).to.match(/^1\s234 ms$/);
  });

  it('takes the plural form of the number', () => {
    setTexts({ people: { one: '{n} osoba', few: '{n} osoby', many: '{n} osób', other: '{n} osoby' } }, 'pl');
    const people = [1, 3, 5].map((n) => translate('people', { n }, 'pl'));
    expect(people).to.deep.equal(['1 osoba', '3 osoby', '5 osób']);
    expect([1, 2].map((n) => translate('people', { n }))).to.deep.equal(['1 person', '2 people']);
  });

  it('takes the region before the language, and English for what neither has', () => {
    setTexts({ send: 'Senden', retry: 'Erneut' }, 'nl');
    setTexts({ send: 'Schicken' }, 'nl-BE');
    expect(translate('send', {}, 'nl-BE')).to.equal('Schicken');
    expect(translate('retry', {}, 'nl-BE')).to.equal('Erneut');
    expect(translate('discard', {}, 'nl-BE')).to.equal('Discard');
  });

  it('tells of a change what shows texts', () => {
    let changes = 0;
    const speaker = { requestUpdate: () => changes++ };
    speakers.add(speaker);
    setTexts({ send: 'Skicka' }, 'sv');
    speakers.delete(speaker);
    setTexts({ send: 'Sänd' }, 'sv');
    expect(changes).to.equal(1);
    expect(translate('send', {}, 'sv')).to.equal('Sänd');
  });

  it('tells of another language in the page what shows texts', async () => {
    const place = document.createElement('p');
    document.body.append(place);
    const { promise, resolve } = Promise.withResolvers<void>();
    const speaker = { requestUpdate: resolve };
    speakers.add(speaker);
    place.lang = 'sv';
    await promise;
    speakers.delete(speaker);
    place.remove();
  });

  it("lets a page's texts for every language go before all", () => {
    setTexts({ unread: '{n} open' });
    expect(translate('unread', { n: 2 }, 'nl')).to.equal('2 open');
    setTexts({ unread: undefined });
    expect(translate('unread', { n: 2 }, 'nl')).to.equal('2 unread');
  });

  it("reads a language's file beside the script once, and keeps to English without it", async () => {
    const asked: string[] = [];
    const { fetch } = globalThis;
    const script = document.createElement('script');
    Object.assign(script, { type: 'text/plain', src: '/assets/ws-elements.js?v=2' });
    script.dataset.url = 'ws://fake.test/ws';
    document.head.append(script);
    let warning = '';
    const { warn } = console;
    console.warn = (text) => {
      warning = text;
    };
    globalThis.fetch = async (url) => {
      asked.push(new URL(`${url}`).pathname + new URL(`${url}`).search);
      return `${url}`.includes('/ja.') ? Response.error() : Response.json({ send: 'Envoyer' });
    };
    try {
      setTexts({ discard: 'Tirar' }, 'es');
      setTexts({ retry: 'Encore' }, 'fr');
      expect(translate('retry', {}, 'fr')).to.equal('Encore');
      expect(translate('send', {}, 'ja-JP')).to.equal('Send');
      await waitUntil(() => warning);
      expect(translate('send', {}, 'ja-JP')).to.equal('Send');
      expect(asked).to.deep.equal(['/assets/locales/fr.json?v=2', '/assets/locales/ja.json?v=2']);
      expect(warning).to.contain('/assets/locales/ja.json');
      expect(translate('send', {}, 'es')).to.equal('Send');
      await waitUntil(() => translate('send', {}, 'es') === 'Envoyer');
      expect(translate('retry', {}, 'es')).to.equal('Retry');
      expect(translate('discard', {}, 'es')).to.equal('Tirar');
    } finally {
      globalThis.fetch = fetch;
      console.warn = warn;
      script.remove();
    }
  });
});
