import { expect } from '@open-wc/testing';
import { combine, resolveConfiguration } from './configuration.ts';
import type { ConnectionOptions } from './types.ts';

const base = 'https://shop.example/';
const none = {
  token: undefined,
  tokenUrl: undefined,
  name: undefined,
  shareTabs: undefined,
  warning: undefined,
};
const join = (...sources: ConnectionOptions[]) =>
  combine(
    sources.map((source, index) => ({ ...source, label: `source ${index}` })),
    base,
  );

describe('combine', () => {
  it('takes the nearest of each', () => {
    expect(
      join({ url: 'wss://a/' }, { url: 'wss://b/', token: 'far' }, { token: 'near', name: 'Ada' }),
    ).to.deep.equal({ ...none, url: 'wss://b/', token: 'near', name: 'Ada' });
  });

  it('never sends a token to a URL that it was not configured with', () => {
    const far = { url: 'wss://a/', token: 'a', tokenUrl: '/token', name: 'Ada' };
    expect(join(far, { url: 'wss://b/' })).to.deep.equal({ ...none, url: 'wss://b/' });
    expect(join(far, { url: 'wss://b/', token: 'b' })).to.deep.equal({
      ...none,
      url: 'wss://b/',
      token: 'b',
    });
    expect(join(far, { url: 'wss://b/' }, { url: 'wss://a/' })).to.deep.equal({ ...none, url: 'wss://a/' });
    expect(join(far, { url: 'htp://x' })).to.deep.include({ url: '', token: undefined, tokenUrl: undefined });
  });

  it('keeps the identity where a nearer source only says the same URL in other words', () => {
    expect(join({ url: 'https://shop.example/ws', token: 'a' }, { url: '/ws' }).token).to.equal('a');
  });

  it('takes token and token-url as one', () => {
    expect(join({ url: 'wss://a/', tokenUrl: '/ada' }, { token: 'bo' })).to.deep.equal({
      ...none,
      url: 'wss://a/',
      token: 'bo',
    });
    expect(join({ url: 'wss://a/', token: 'ada' }, { tokenUrl: '/bo' })).to.deep.equal({
      ...none,
      url: 'wss://a/',
      tokenUrl: '/bo',
    });
  });

  it('takes what is empty for absent', () => {
    expect(
      join({ url: 'wss://a/', token: 'a', name: 'Ada' }, { url: '', token: '', tokenUrl: '', name: '' }),
    ).to.deep.equal({
      ...none,
      url: 'wss://a/',
      token: 'a',
      name: 'Ada',
    });
  });

  it('warns of a URL that cannot be one, without its query, and only where it counts', () => {
    expect(join({ url: 'wss://a/' }, { url: 'htp://x?token=secret' }).warning).to.equal(
      'source 1: expected ws:// or wss://, got "htp://x"',
    );
    expect(join({ url: 'htp://x' }, { url: 'wss://a/' }).warning).to.equal(undefined);
  });
});

describe('resolveConfiguration', () => {
  const place = (html: string) => {
    const template = document.createElement('template');
    template.innerHTML = html;
    const holder = document.createElement('div');
    holder.append(template.content);
    document.body.append(holder);
    return holder;
  };
  afterEach(() => {
    document.body.replaceChildren();
    for (const script of document.querySelectorAll('script[src*=ws-elements]')) script.remove();
  });

  it("ends at the page's own origin, path /ws", () => {
    const element = place('<x-chat></x-chat>').firstElementChild as Element;
    expect(resolveConfiguration(element).url).to.equal(`ws://${location.host}/ws`);
  });

  it('takes the script tag before that', () => {
    const script = document.createElement('script');
    // A type that is not run.
    script.type = 'text/plain';
    Object.assign(script, { src: '/assets/ws-elements.js' });
    Object.assign(script.dataset, { url: 'ws://s.test/', token: 'st', tokenUrl: '/st', name: 'Sam' });
    document.head.append(script);
    const element = place('<x-chat></x-chat>').firstElementChild as Element;
    expect(resolveConfiguration(element)).to.deep.equal({
      ...none,
      url: 'ws://s.test/',
      token: 'st',
      tokenUrl: '/st',
      name: 'Sam',
    });
    script.dataset.url = 'ws://s2.test/';
    expect(resolveConfiguration(element).url).to.equal('ws://s2.test/');
    expect(resolveConfiguration(undefined, { url: 'ws://mine.test/' })).to.deep.include({
      url: 'ws://mine.test/',
      token: undefined,
    });
  });

  it('takes the nearest <ws-connection> before that, defined or not', () => {
    const holder = place(
      '<ws-connection url="ws://a.test/" token="a" name="Ada"><p><ws-connection token-url="/b"><x-chat></x-chat></ws-connection></p></ws-connection>',
    );
    const element = holder.querySelector('x-chat') as Element;
    expect(resolveConfiguration(element)).to.deep.equal({
      ...none,
      url: 'ws://a.test/',
      tokenUrl: '/b',
      name: 'Ada',
    });
    Object.assign(holder.querySelectorAll('ws-connection')[1] as Element, { url: 'ws://b.test/' });
    expect(resolveConfiguration(element)).to.deep.include({
      url: 'ws://b.test/',
      tokenUrl: '/b',
      name: undefined,
    });
  });

  it('shares tabs where any of them says so, by an attribute or a property', () => {
    const holder = place(
      '<ws-connection url="ws://a.test/" share-tabs><x-chat></x-chat></ws-connection><ws-connection url="ws://a.test/"><x-chat></x-chat></ws-connection>',
    );
    Object.assign(holder.firstElementChild as Element, { shareTabs: '' });
    const [shared, own] = holder.querySelectorAll('x-chat');
    expect(resolveConfiguration(shared).shareTabs).to.equal(true);
    expect(resolveConfiguration(own).shareTabs).to.equal(undefined);
    expect(resolveConfiguration(own, { shareTabs: true }).shareTabs).to.equal(true);
    const script = document.createElement('script');
    script.type = 'text/plain';
    Object.assign(script, { src: '/assets/ws-elements.js' });
    Object.assign(script.dataset, { url: 'ws://a.test/', shareTabs: '' });
    document.head.append(script);
    expect(resolveConfiguration(own)).to.deep.equal(resolveConfiguration(shared));
  });

  it('finds it through shadow roots, around a slot too', () => {
    const holder = place(
      '<ws-connection url="ws://a.test/"><div id="host"></div></ws-connection><div id="wraps"><x-chat></x-chat></div>',
    );
    const host = holder.querySelector('#host') as Element;
    const inner = document.createElement('x-chat');
    host.attachShadow({ mode: 'open' }).append(inner);
    expect(resolveConfiguration(inner).url).to.equal('ws://a.test/');
    const wraps = holder.querySelector('#wraps') as Element;
    wraps.attachShadow({ mode: 'open' }).innerHTML =
      '<ws-connection url="ws://w.test/"><slot></slot></ws-connection>';
    expect(resolveConfiguration(wraps.firstElementChild as Element).url).to.equal('ws://w.test/');
  });

  it("takes the element's own before everything", () => {
    const holder = place(
      '<ws-connection url="ws://a.test/" token="a"><x-chat url="ws://own.test/"></x-chat><x-chat token="own"></x-chat></ws-connection>',
    );
    const [other, same] = holder.querySelectorAll('x-chat');
    expect(resolveConfiguration(other)).to.deep.include({ url: 'ws://own.test/', token: undefined });
    expect(resolveConfiguration(same)).to.deep.include({ url: 'ws://a.test/', token: 'own' });
  });

  it('names the element that has a bad url', () => {
    const [element] = place('<ws-chat url="htp://x"></ws-chat>').children;
    expect(resolveConfiguration(element)).to.deep.include({
      url: '',
      warning: 'ws-chat url: expected ws:// or wss://, got "htp://x"',
    });
  });
});
