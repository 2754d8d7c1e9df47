import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import type { Dialect } from '../dialects/dialect.ts';
import { textFrame } from '../servers/text-frame.ts';
import { ReturningClient } from './returning-client.ts';

/** Says `follow`, and everything else is a publication. */
const dialect: Dialect = {
  path: '/',
  hear: (text) => (text === 'follow' ? { follows: true } : { publication: text }),
};
const missed = ['a', 'b', 'c'];
const accepted = 'HTTP/1.1 101 Switching Protocols\r\n\r\n';

/** Has a client come back to a server that sends these texts; `cut` into pieces of so many bytes. @returns what the client told. */
async function comeBack(texts: string[], { answer = accepted, cut = Number.POSITIVE_INFINITY } = {}) {
  const bytes = Buffer.concat([Buffer.from(answer), ...texts.map(textFrame)]);
  const server = createServer({ noDelay: true }, (socket) => {
    socket.once('data', () => void sendCut(socket, bytes, cut));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const told: string[] = [];
  let client: ReturningClient | undefined;
  await new Promise<void>((resolve) => {
    client = new ReturningClient({
      port: (server.address() as AddressInfo).port,
      dialect,
      missed: missed.map((text) => Buffer.from(text)),
      onPublication: () => told.push('publication'),
      onWhole: () => told.push('whole'),
      onError(error) {
        told.push(error.message);
        // It ends with the server's farewell, if nothing was wrong before.
        resolve();
      },
    });
    void client.connect();
  });
  server.close();
  return { told, heard: client?.heard };
}

async function sendCut(socket: Socket, bytes: Buffer, cut: number): Promise<void> {
  for (let at = 0; at < bytes.length; at += cut) {
    await new Promise((resolve) => socket.write(bytes.subarray(at, at + cut), resolve));
  }
  socket.end();
}

const farewell = 'the server closed the connection';

describe('a client that came back', () => {
  it('is whole once it follows and has what it missed, whichever is first', async () => {
    assert.deepEqual((await comeBack(['follow', 'a', 'b', 'c'])).told, ['whole', farewell]);
    assert.deepEqual((await comeBack(['a', 'b', 'c', 'follow'])).told, ['whole', farewell]);
  });

  it('reads the same wherever the stream is cut', async () => {
    for (const cut of [1, 2, 3, 5, 7]) {
      assert.deepEqual(
        (await comeBack(['a', 'b', 'follow', 'c'], { cut })).told,
        ['whole', farewell],
        `${cut}`,
      );
    }
  });

  it('is not whole while anything is missing', async () => {
    assert.deepEqual((await comeBack(['follow', 'a', 'b'])).told, [farewell]);
    assert.deepEqual((await comeBack(['a', 'b', 'c'])).told, [farewell]);
  });

  it('says so where one is lost, twice there, out of order or another', async () => {
    const wrong = {
      lost: ['a', 'c'],
      twice: ['a', 'a', 'b', 'c'],
      order: ['b', 'a', 'c'],
      other: ['a', 'x'],
    };
    for (const texts of Object.values(wrong)) {
      assert.match((await comeBack(['follow', ...texts])).told[0] ?? '', /^came back and got ., expected .$/);
    }
  });

  it('hears what comes after it', async () => {
    const { told, heard } = await comeBack(['follow', 'a', 'b', 'c', 'c', 'live']);
    assert.deepEqual(told, ['whole', 'publication', 'publication', farewell]);
    assert.deepEqual(heard, ['c', 'live']);
  });

  it('says how it was refused', async () => {
    const { told } = await comeBack([], { answer: 'HTTP/1.1 503 Service Unavailable\r\n\r\n' });
    assert.match(told[0] ?? '', /^refused: HTTP\/1\.1 503/);
  });
});
