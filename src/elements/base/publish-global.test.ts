import { expect } from '@open-wc/testing';
import { publishGlobal } from './publish-global.ts';

describe('publishGlobal', () => {
  const { warn } = console;
  let warnings: string[];
  beforeEach(() => {
    warnings = [];
    console.warn = (text: string) => warnings.push(text);
  });
  afterEach(() => {
    console.warn = warn;
  });

  it('sets the global', () => {
    const target: { WsElements?: { version?: string } } = {};
    const api = { version: '1.0.0' };
    publishGlobal(api, target);
    expect(target.WsElements).to.equal(api);
    expect(warnings).to.deep.equal([]);
  });

  it('says nothing where the same version is there already, which stays', () => {
    const first = { version: '1.0.0' };
    const target = { WsElements: first };
    publishGlobal({ version: '1.0.0' }, target);
    expect(target.WsElements).to.equal(first);
    expect(warnings).to.deep.equal([]);
  });

  it('warns once, naming both, where another version is there already, which stays', () => {
    const first = { version: '1.0.0' };
    const target = { WsElements: first };
    publishGlobal({ version: '1.1.0' }, target);
    expect(target.WsElements).to.equal(first);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('1.0.0').and.to.contain('1.1.0');
  });
});
