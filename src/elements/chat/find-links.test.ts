import { expect } from '@open-wc/testing';
import { findLinks } from './find-links.ts';

describe('findLinks', () => {
  const links = (text: string) =>
    findLinks(text)
      .filter(([, href]) => href)
      .map(([link]) => link);

  it('finds addresses, without the punctuation around them', () => {
    const found: [string, string[]][] = [
      ['See https://a.example/b?c=1#d.', ['https://a.example/b?c=1#d']],
      ['https://a.example/: all of it', ['https://a.example/']],
      ['(http://a.example), https://b.example!', ['http://a.example', 'https://b.example']],
      [
        'https://a.example/x_(y) and (https://a.example/x_(y))',
        ['https://a.example/x_(y)', 'https://a.example/x_(y)'],
      ],
      ['<https://a.example> "https://b.example"', ['https://a.example', 'https://b.example']],
      ['mailto:ana@shop.example', ['mailto:ana@shop.example']],
      ['HTTPS://A.EXAMPLE', ['HTTPS://A.EXAMPLE']],
    ];
    for (const [text, expected] of found) expect(links(text), text).to.deep.equal(expected);
  });

  it('takes nothing else for an address', () => {
    const texts = [
      'javascript:alert(1)',
      'data:text/html,x',
      'https://',
      'http:',
      'xhttps://a',
      'a.example',
      'ftp://a.example',
    ];
    for (const text of texts) expect(links(text), text).to.deep.equal([]);
  });

  it('takes no address of more than 2,000 letters, and little time for one that never ends', () => {
    const endless = `https://a.example/${')'.repeat(100_000)}`;
    expect(
      findLinks(endless)
        .map(([text]) => text)
        .join(''),
    ).to.equal(endless);
  });

  it('keeps every letter of the text', () => {
    for (const text of [
      '',
      'a',
      'https://a.example',
      'a https://a.example. b mailto:x@y.z',
      '](https://a.example)',
    ]) {
      expect(
        findLinks(text)
          .map(([piece]) => piece)
          .join(''),
      ).to.equal(text);
    }
  });
});
