import { expect } from '@open-wc/testing';
import { safeLink } from './safe-link.ts';

const base = 'https://shop.example/orders/';

describe('safeLink', () => {
  it('lets http, https and relative addresses through', () => {
    expect(
      ['http://a.example', 'https://a.example/b?c#d', '//a.example/', '?page=2', '#top'].map((link) =>
        safeLink(link, base),
      ),
    ).to.deep.equal([
      'http://a.example/',
      'https://a.example/b?c#d',
      'https://a.example/',
      'https://shop.example/orders/?page=2',
      'https://shop.example/orders/#top',
    ]);
  });

  it('lets nothing else through', () => {
    const links = [
      'javascript:alert(1)',
      ' JavaScript:alert(1)',
      'java\nscript:alert(1)',
      '\u0001javascript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'blob:https://shop.example/1',
      'file:///etc/passwd',
      'view-source:https://a.example',
      'http://',
    ];
    for (const link of links) expect(safeLink(link, base), link).to.equal(undefined);
  });

  it('lets mail through where it is asked for', () => {
    expect(safeLink('mailto:a@b.example', base)).to.equal(undefined);
    expect(safeLink('mailto:a@b.example', base, /^(https?|mailto):/)).to.equal('mailto:a@b.example');
    expect(safeLink('javascript:alert(1)', base, /^(https?|mailto):/)).to.equal(undefined);
  });
});
