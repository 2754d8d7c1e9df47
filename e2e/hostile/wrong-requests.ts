/** Upgrade requests, and what pretends to be one. */
import fc from 'fast-check';

const methods = fc.constantFrom(
  'GET',
  'GET',
  'GET',
  'POST',
  'HEAD',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PRI',
  'get',
  'G\u0000T',
  '',
);
const versions = fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9.9', 'http/1.1', '');
const targets = fc.oneof(
  fc.constantFrom(
    '/',
    '*',
    '//',
    '///evil.test/',
    'http://evil.test/',
    'ws://x/',
    '/?',
    '/?&&&===',
    '/?protocol=1',
    '/?protocol=__proto__',
    '/?__proto__=1&constructor=1&toString=1',
    '/?EIO=4&transport=__proto__',
    '/?EIO=4&transport=constructor',
    '/?EIO=4&transport=websocket&sid=__proto__',
    '/?token=%',
    '/?token=%00%ff%fe',
    '/?token=..%2f..%2f',
    '/?protocol=1&protocol=2',
    '/%',
    '/%00',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/../../etc/passwd',
    '/?name=%F0%9F',
    `/?session=${'a'.repeat(5000)}`,
    `/?name=${'%F0%9F%98%80'.repeat(900)}`,
    `/${'a'.repeat(20_000)}`,
    `/?${'a=b&'.repeat(4000)}`,
    `/?token=${'a.'.repeat(5000)}`,
    '/api/publish',
    '/api/clients?protocol=1',
    '/healthz',
    '/metrics',
    '\\',
    '/\u0001',
    '/ a',
    '',
  ),
  fc.webUrl().map((url) => url.slice(0, 500)),
  fc.webQueryParameters({ size: 'small' }).map((query) => `/?${query}`),
);
const keys = fc.constantFrom(
  'dGhlIHNhbXBsZSBub25jZQ==',
  'dGhlIHNhbXBsZSBub25jZQ==',
  '',
  'x',
  'a'.repeat(24),
  'a'.repeat(9000),
  '====',
  'dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ==',
  '__proto__',
);
const headers = fc.constantFrom(
  'Host: 127.0.0.1',
  'Host:',
  'Host: a\r\nHost: b',
  'Host: [::1',
  'Host: evil.test@127.0.0.1',
  'Origin: null',
  'Origin: http://[',
  'Origin: https://evil.test',
  `Origin: ${'x'.repeat(3000)}`,
  'Origin: http://127.0.0.1\r\nOrigin: http://evil.test',
  'Upgrade: websocket',
  'Upgrade: WebSocket, h2c',
  'Upgrade: h2c',
  'Upgrade: __proto__',
  'Upgrade:',
  'Connection: Upgrade',
  'Connection: keep-alive, Upgrade',
  'Connection: close',
  'Connection: constructor',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Version: 8',
  'Sec-WebSocket-Version: 99',
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Version: 8',
  'Sec-WebSocket-Version: 1e1',
  'Sec-WebSocket-Protocol: constructor',
  'Sec-WebSocket-Protocol: __proto__, toString',
  'Sec-WebSocket-Protocol: ,,,',
  `Sec-WebSocket-Protocol: b${' '.repeat(8000)}x`,
  `Sec-WebSocket-Protocol: ${'a, '.repeat(3000)}a`,
  'Sec-WebSocket-Protocol: a, a',
  'Sec-WebSocket-Extensions: constructor',
  'Sec-WebSocket-Extensions: __proto__; toString',
  'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=99999999999',
  'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits; client_max_window_bits',
  `Sec-WebSocket-Extensions: ${'permessage-deflate; '.repeat(500)}`,
  `Sec-WebSocket-Extensions: a; b="${'\\'.repeat(3000)}`,
  'Sec-WebSocket-Extensions: permessage-deflate',
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: 99999999999999999999',
  'Content-Length: 5\r\nContent-Length: 6',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: chunked\r\nContent-Length: 5',
  'Transfer-Encoding: xchunked',
  'Expect: 100-continue',
  'Expect: x',
  'X-Forwarded-For: __proto__',
  `X-Forwarded-For: ${'1.2.3.4, '.repeat(500)}`,
  'X-Real-IP: ::ffff:::::',
  'Cookie: __proto__=1',
  'Authorization: Bearer null',
  `Authorization: Bearer ${'x'.repeat(9000)}`,
  '__proto__: 1',
  'constructor: 1',
  ': novalue',
  'no colon',
  'Bad\u0000Name: x',
  'X: \u0000',
  'X: a\r b',
  ' X: folded',
  `X: ${'y'.repeat(17_000)}`,
);

export interface WrongRequest {
  bytes: Buffer;
  /** `reset`: the connection is reset behind it, in the middle of the handshake. */
  after: 'end' | 'reset';
}

const composed = fc
  .record({
    method: methods,
    target: targets,
    version: versions,
    key: keys,
    right: fc.boolean(),
    extra: fc.array(headers, { maxLength: 6 }),
    flood: fc.constantFrom(0, 0, 0, 0, 0, 200, 2000),
    ending: fc.constantFrom(
      '\r\n\r\n',
      '\r\n\r\n',
      '\r\n\r\n',
      '\n\n',
      '\r\n',
      '',
      '\r\n\r\n\u0081\u0085',
      `\r\n\r\n${'\u0000'.repeat(300)}`,
    ),
  })
  .map(
    ({ method, target, version, key, right, extra, flood, ending }) =>
      [
        `${method} ${target} ${version}`,
        ...(right
          ? [
              'Host: 127.0.0.1',
              'Upgrade: websocket',
              'Connection: Upgrade',
              'Sec-WebSocket-Version: 13',
              `Sec-WebSocket-Key: ${key}`,
            ]
          : []),
        ...extra,
        ...Array.from({ length: flood }, (_, index) => `x${index}: 1`),
      ].join('\r\n') + ending,
  )
  .map((text) => Buffer.from(text, 'latin1'));

const noise = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  // A TLS hello, an HTTP/2 preface, a SOCKS greeting, a proxy's line, an Engine.IO probe.
  fc
    .constantFrom(
      '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      '\u0005\u0001\u0000',
      'PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n',
      'PROXY UNKNOWN\r\nGET / HTTP/1.1\r\n\r\n',
      '2probe',
    )
    .map((text) => Buffer.from(text, 'latin1')),
);

export const wrongRequest: fc.Arbitrary<WrongRequest> = fc.record({
  bytes: fc.oneof({ weight: 8, arbitrary: composed }, { weight: 2, arbitrary: noise }),
  after: fc.constantFrom('end', 'end', 'end', 'reset'),
});
