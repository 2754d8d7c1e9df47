import { expect } from '@open-wc/testing';
import { parseDuration } from './duration.ts';

describe('parseDuration', () => {
  const { warn } = console;
  let warnings: string[];
  beforeEach(() => {
    warnings = [];
    console.warn = (text: string) => warnings.push(text);
  });
  afterEach(() => {
    console.warn = warn;
  });

  it('reads seconds, milliseconds and bare milliseconds', () => {
    expect(['6s', '0.5s', '.5S', '800ms', '800', ' 0 '].map((text) => parseDuration(text, 1))).to.deep.equal([
      6000, 500, 500, 800, 800, 0,
    ]);
    expect(warnings).to.deep.equal([]);
  });

  it('falls back with a warning for what is none', () => {
    for (const text of ['', 'soon', '-1s', '6 min', '1e3', 'Infinity']) {
      expect(parseDuration(text, 6000), text).to.equal(6000);
    }
    expect(warnings).to.have.length(6);
    expect(warnings[1]).to.contain('"soon"');
  });

  it('falls back silently where the attribute is gone', () => {
    expect(parseDuration(null, 6000)).to.equal(6000);
    expect(warnings).to.deep.equal([]);
  });
});
