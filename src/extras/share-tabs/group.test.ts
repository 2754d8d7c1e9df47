import { expect } from '@open-wc/testing';
import { nameGroup, rememberToken, withFreshToken, withSharedSession } from './group.ts';

/** As a server signs them; the signature is not looked at here. */
const token = (claims: object) => `h.${btoa(JSON.stringify(claims)).replaceAll('=', '')}.signature`;
const address = (query: Record<string, string>) => `ws://fake.test/ws?${new URLSearchParams(query)}`;

describe('nameGroup', () => {
  const ana = { sub: 'ana', name: 'Ana', read: ['lobby'], exp: 1 };

  it('is the same for the same user, however fresh the token', async () => {
    const [one, other] = await Promise.all([
      nameGroup(address({ token: token(ana), protocol: '1' })),
      nameGroup(address({ protocol: '1', token: token({ ...ana, exp: 2 }) })),
    ]);
    expect(one).to.equal(other);
  });

  it('is the same for all guests of a name, whatever their session', async () => {
    expect(await nameGroup(address({ session: 'a' }))).to.equal(await nameGroup(address({ session: 'b' })));
    expect(await nameGroup(address({ name: 'a' }))).not.to.equal(await nameGroup(address({ name: 'b' })));
  });

  it('is another for another server, user, right, and for a guest', async () => {
    const names = await Promise.all([
      nameGroup(address({ token: token(ana) })),
      nameGroup(address({ token: token(ana) }).replace('fake.test', 'other.test')),
      nameGroup(address({ token: token({ ...ana, sub: 'ben' }) })),
      nameGroup(address({ token: token({ ...ana, read: ['lobby', 'staff'] }) })),
      nameGroup(address({})),
      nameGroup(address({ token: 'no token' })),
    ]);
    expect(new Set(names).size).to.equal(names.length);
  });

  it('has nothing of the token in it', async () => {
    const name = await nameGroup(address({ token: token(ana) }));
    for (const part of [...token(ana).split('.'), 'ana', 'fake.test']) {
      if (part.length > 1) expect(name).not.to.contain(part);
    }
  });
});

describe('withFreshToken', () => {
  it('takes the token that lives longest of those that the group has brought', () => {
    const [old, fresh] = [token({ sub: 'ana', exp: 1 }), token({ sub: 'ana', exp: 2 })];
    rememberToken('tokens', fresh);
    expect(withFreshToken('tokens', address({ token: old }))).to.equal(address({ token: fresh }));
    expect(withFreshToken('others', address({ token: old }))).to.equal(address({ token: old }));
    expect(withFreshToken('tokens', address({}))).to.equal(address({}));
  });
});

describe('withSharedSession', () => {
  afterEach(() => localStorage.removeItem('ws-elements:shared-session'));

  it('is the first one for every tab, also on pages that come later', () => {
    const { session } = withSharedSession('one', address({ session: 'first' }));
    expect(session).to.equal('first');
    expect(withSharedSession('one', address({ session: 'second' })).url).to.equal(
      address({ session: 'first' }),
    );
    // Another page has nothing in memory.
    expect(withSharedSession('two', address({ session: 'third' })).session).to.equal('first');
  });

  it('is forgotten when no outbox can need it any more', () => {
    localStorage.setItem('ws-elements:shared-session', JSON.stringify(['old', Date.now() - 600_001]));
    expect(withSharedSession('three', address({ session: 'new' })).session).to.equal('new');
  });

  it('is nobody’s who comes with a token', () => {
    expect(withSharedSession('four', address({ token: 't' }))).to.deep.equal({
      url: address({ token: 't' }),
    });
  });
});
