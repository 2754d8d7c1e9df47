import { expect } from '@open-wc/testing';

const { origin } = location;

/**
 * The strictest that a page with the script can have. Lit has one policy of its own, `lit-html`. The origin stands for
 * 'self', which to Firefox is none in a frame without an address.
 */
const policy = [
  "default-src 'none'",
  `script-src ${origin}`,
  `style-src ${origin}`,
  `connect-src ${origin}`,
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

describe('a page with a strict Content Security Policy and Trusted Types', () => {
  it('is violated by no element in no state', async () => {
    const frame = document.createElement('iframe');
    frame.srcdoc = `<!doctype html>
      <meta http-equiv="Content-Security-Policy" content="${policy}">
      <body><script type="module" src="/src/elements/base/testing/csp-page.ts"></script>`;
    const finished = new Promise<string[]>((resolve) => {
      addEventListener('message', ({ data }) => Array.isArray(data) && resolve(data), { once: true });
    });
    document.body.append(frame);
    const [control, ...violations] = await finished;
    frame.remove();
    expect(control, 'the page notices what it does wrong itself').to.contain('style-src');
    expect(violations).to.deep.equal([]);
  });
});
