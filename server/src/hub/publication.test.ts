import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Draft, encode, encodePlain, type Publication, toPublication } from './publication.ts';

const time = new Date(Date.UTC(2024, 0, 1, 12));

function publication(draft: Partial<Draft>): Publication {
  const made = toPublication({
    type: 'order',
    data: {},
    sender: { clientId: 'c' },
    time,
    fromBackEnd: false,
    ...draft,
  });
  assert.ok(made);
  return made;
}

const at = { channel: 'lobby', offset: 3 };

describe("a client's publication", () => {
  const forged = {
    type: 'x',
    id: 'z',
    channel: 'other',
    offset: 9,
    epoch: 'e',
    clientId: 'server',
    userId: '1',
    name: 'Boss',
    timestamp: 'then',
    total: 5,
  };

  it("has the server's fields, whatever the client wrote into them", () => {
    const made = publication({ data: forged, sender: { clientId: 'c', userId: '7', name: 'Ann' }, id: 'm1' });
    assert.deepEqual(JSON.parse(encode(made, at)), {
      type: 'order',
      channel: 'lobby',
      offset: 3,
      id: 'm1',
      clientId: 'c',
      userId: '7',
      name: 'Ann',
      total: 5,
      timestamp: '2024-01-01T12:00:00.000Z',
    });
  });

  it('of a guest has no user, whatever it wrote', () => {
    const read = JSON.parse(encode(publication({ data: forged }), at));
    assert.ok(!('userId' in read) && !('name' in read) && !('id' in read));
  });

  it('is a frame also where it has no fields of its own', () => {
    assert.deepEqual(JSON.parse(encode(publication({}))), {
      type: 'order',
      clientId: 'c',
      timestamp: '2024-01-01T12:00:00.000Z',
    });
  });
});

describe("a back end's publication", () => {
  it('may say whom and what it is about', () => {
    const made = publication({
      data: { id: 12, userId: 42, name: 'Ann' },
      sender: { clientId: 'server' },
      fromBackEnd: true,
    });
    const { id, userId, name, clientId } = JSON.parse(encode(made, at));
    assert.deepEqual([id, userId, name, clientId], [12, 42, 'Ann', 'server']);
  });
});

describe('for plain clients', () => {
  it("a message is the documentation's four fields", () => {
    const made = publication({
      type: 'message',
      data: { message: 'Hi', more: 1 },
      sender: { clientId: 'c', userId: '7' },
      id: 'm',
    });
    assert.equal(
      encodePlain(made),
      '{"type":"message","clientId":"c","message":"Hi","timestamp":"2024-01-01 12:00:00"}',
    );
  });

  it('another type has no channel, offset and id', () => {
    assert.deepEqual(JSON.parse(encodePlain(publication({ data: { total: 5 }, id: 'm' }))), {
      type: 'order',
      clientId: 'c',
      total: 5,
      timestamp: '2024-01-01T12:00:00.000Z',
    });
  });
});

describe('what cannot be serialised', () => {
  it('is no publication', () => {
    const deep = JSON.parse(`${'['.repeat(30_000)}${']'.repeat(30_000)}`);
    const draft = { type: 'order', sender: { clientId: 'c' }, time, fromBackEnd: true };
    assert.equal(toPublication({ ...draft, data: { deep } }), undefined);
    assert.equal(toPublication({ ...draft, data: { count: 1n } }), undefined);
    assert.equal(toPublication({ ...draft, data: { toJSON: () => 'text' } }), undefined);
  });
});
