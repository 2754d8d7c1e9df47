/** Frames that are wrong in every way that we can think of, and what a server has to say to each. */
import fc from 'fast-check';
import { PROTOCOL_TYPES } from '../../protocol/src/names.ts';

export interface WrongFrame {
  data: string | Buffer;
  binary?: boolean;
  /** Codes of the `error` that answers; or the type of another answer; or nothing at all. */
  answer: { codes: readonly string[] } | { type: string } | 'nothing';
}

/** JavaScript's own names, which have ended servers as types, channels and fields. */
const ownNames = [
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__proto__',
  '__defineGetter__',
  'then',
  'toJSON',
  'length',
];

const wrongId: readonly unknown[] = [
  undefined,
  '',
  'a b',
  'x'.repeat(65),
  1,
  null,
  true,
  [],
  {},
  ['x'],
  'ä',
  'a\n',
  '😀',
  { toString: 'x' },
];
const wrongChannel: readonly unknown[] = [
  undefined,
  '',
  '-a',
  ' ',
  'a b',
  'x'.repeat(129),
  1,
  null,
  [],
  {},
  ['room-1'],
  'ä',
  'a\n',
  '__proto__',
  'a\u0000',
  'room-*',
  { length: 4 },
];
const wrongText: readonly unknown[] = [
  undefined,
  '',
  1,
  null,
  true,
  [],
  {},
  ['x'],
  { toString: 'x', length: 3 },
];
const wrongSince: readonly unknown[] = [
  '',
  'x',
  ':',
  'e:',
  'e:-1',
  'e:1.5',
  'e:1:2',
  'e:9999999999999999',
  1,
  null,
  [],
  {},
  `${'e'.repeat(99)}:1`,
];
const wrongFlag: readonly unknown[] = ['true', 1, 0, null, [], {}];
const wrongType: readonly unknown[] = [
  undefined,
  '',
  1,
  null,
  true,
  [],
  {},
  ['message'],
  ' message',
  'a b',
  '9',
  'x'.repeat(65),
  '__proto__',
  'ä',
  'message\n',
  { toString: 'message' },
];

const frames: Record<string, { right: Record<string, unknown>; wrong: Record<string, readonly unknown[]> }> =
  {
    subscribe: {
      right: { id: 's', channel: 'room-1' },
      wrong: { id: wrongId, channel: wrongChannel, since: wrongSince, presence: wrongFlag },
    },
    unsubscribe: { right: { id: 'u', channel: 'room-1' }, wrong: { id: wrongId, channel: wrongChannel } },
    message: {
      right: { id: 'm', channel: 'room-1', message: 'x' },
      wrong: { id: wrongId, channel: wrongChannel, message: wrongText },
    },
    typing: { right: { channel: 'room-1' }, wrong: { channel: wrongChannel } },
    auth: { right: { id: 'a', token: 'x' }, wrong: { id: wrongId, token: wrongText } },
    cheer: { right: { id: 'c', channel: 'room-1' }, wrong: { id: wrongId, channel: wrongChannel } },
  };

const json = (value: object): string => JSON.stringify(value);
const codes = (...all: string[]) => ({ codes: all });

const notJson = fc
  .oneof(
    fc.string({ maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.json({ maxDepth: 2 }).map((text) => text.slice(0, -1)),
    fc.constantFrom(
      '',
      '{',
      '}',
      '{"type":"ping"',
      '{type:"ping"}',
      "{'type':'ping'}",
      '{"type":"ping"}x',
      '\u0000',
      '\ufeff{"type":"ping"}',
      'undefined',
      'NaN',
      '2probe',
      '0{"sid":1}',
      '42["x"]',
      '%7B%7D',
    ),
    fc.integer({ min: 1, max: 30_000 }).map((depth) => '['.repeat(depth)),
    fc.integer({ min: 1, max: 8_000 }).map((depth) => '{"a":'.repeat(depth)),
  )
  .filter((text) => {
    try {
      JSON.parse(text);
      return false;
    } catch {
      return true;
    }
  })
  .map((data): WrongFrame => ({ data, answer: codes('invalid_json') }));

const notAnObject = fc
  .oneof(
    fc.constantFrom('null', 'true', '0', '-1', '1e999', '""', '"ping"', '[]', '[{"type":"ping"}]', '[[]]'),
    fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 5 }).map((value) => JSON.stringify(value)),
    fc.integer({ min: 1, max: 30_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  )
  .map((data): WrongFrame => ({ data, answer: codes('invalid_json') }));

const wrongField = fc.constantFrom(...Object.keys(frames)).chain((type) => {
  const { right, wrong } = frames[type] as (typeof frames)[string];
  return fc.constantFrom(...Object.keys(wrong)).chain((field) =>
    fc.constantFrom(...(wrong[field] ?? [])).map(
      (value): WrongFrame => ({
        data: json({ type, ...right, [field]: value }),
        answer: codes('invalid_frame'),
      }),
    ),
  );
});

const wrongTypes = fc.constantFrom(...wrongType).map(
  (type): WrongFrame => ({
    data: json({ type, id: 'x', channel: 'room-1', message: 'x' }),
    answer: codes('invalid_frame'),
  }),
);

const serverTypes = fc
  .constantFrom(
    ...PROTOCOL_TYPES.filter(
      (type) => !['subscribe', 'unsubscribe', 'history', 'typing', 'auth', 'ping', 'pong'].includes(type),
    ),
  )
  .map(
    (type): WrongFrame => ({
      data: json({ type, id: 'x', channel: 'room-1', clientId: 'server', users: [], code: 'x' }),
      answer: codes('unsupported_type'),
    }),
  );

const notGranted = fc
  .constantFrom(
    'staff',
    'lobby',
    'broadcast',
    'user:1',
    'user:witness',
    'user:*'.slice(0, -1),
    'room',
    'Room-1',
    ...ownNames.filter((name) => !name.startsWith('_')),
  )
  .chain((channel) =>
    fc.constantFrom(
      json({ type: 'message', id: 'm', channel, message: 'x', clientId: 'server', userId: 'admin' }),
      json({ type: 'typing', channel }),
      ...(channel === 'broadcast'
        ? []
        : [json({ type: 'subscribe', id: 's', channel, presence: true, since: 'e:1' })]),
      json({ type: 'notification', id: 'n', channel, title: 'x' }),
    ),
  )
  .map((data): WrongFrame => ({ data, answer: codes('forbidden') }));

const typesNotGranted = fc
  .constantFrom(
    'notification',
    'data_update',
    'status_update',
    'user_activity',
    ...ownNames.filter((name) => !name.startsWith('_')),
  )
  .map(
    (type): WrongFrame => ({
      data: json({
        type,
        id: 'x',
        channel: 'room-1',
        title: 'x',
        message: 'x',
        entity: 'x',
        action: 'x',
        system: 'x',
        status: 'x',
        activity: 'x',
        userId: 1,
      }),
      answer: codes('forbidden'),
    }),
  );

const tooLong = fc
  .constantFrom(
    'a'.repeat(1001),
    '😀'.repeat(1001),
    'e\u0301'.repeat(501),
    '\u0000'.repeat(5000),
    'x'.repeat(60_000),
  )
  .map(
    (message): WrongFrame => ({
      data: json({ type: 'message', id: 'm', channel: 'room-1', message }),
      answer: codes('message_too_long'),
    }),
  );

const tooLarge = fc.integer({ min: 65_537, max: 80_000 }).map(
  (size): WrongFrame => ({
    data: `{"type":"ping","pad":"${'x'.repeat(size - 24)}"}`.padEnd(size),
    answer: codes('frame_too_large'),
  }),
);

const binaries = fc
  .uint8Array({ maxLength: 80 })
  .map((bytes): WrongFrame => ({ data: Buffer.from(bytes), binary: true, answer: codes('binary_frame') }));

/** Right in shape, at a time when nobody asked. */
const mistimed = fc.constantFrom<WrongFrame>(
  { data: '{"type":"unsubscribe","id":"u","channel":"room-never"}', answer: { type: 'unsubscribed' } },
  { data: '{"type":"unsubscribe","id":"u","channel":"user:witness"}', answer: { type: 'unsubscribed' } },
  { data: '{"type":"pong"}', answer: 'nothing' },
  { data: '{"type":"ping","id":{"$gt":""},"__proto__":{"type":"x"}}', answer: { type: 'pong' } },
  {
    data: '{"type":"auth","id":"a","token":"eyJhbGciOiJub25lIn0.eyJzdWIiOiJ3aXRuZXNzIn0."}',
    answer: codes('invalid_token'),
  },
  { data: '{"type":"auth","id":"a","token":"null"}', answer: codes('invalid_token') },
  { data: `{"type":"auth","id":"a","token":"${'a.'.repeat(20_000)}"}`, answer: codes('invalid_token') },
);

/** `JSON.parse` makes a field of it, assignment would make it the prototype. */
function withProto(text: string): string {
  return `{"__proto__":{"type":"ping","id":"x","polluted":true}${text === '{}' ? '' : ','}${text.slice(1)}`;
}

/** Whatever else is JSON. No type of ours is right with such fields, and none is granted. */
const anything = fc
  .record(
    {
      type: fc.oneof(
        fc.jsonValue({ maxDepth: 1 }),
        fc.constantFrom('subscribe', 'unsubscribe', 'message', 'typing', 'auth', 'history', 'x', ...ownNames),
      ),
      id: fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom('x', ...ownNames)),
      channel: fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom('staff', ...ownNames)),
      message: fc.jsonValue({ maxDepth: 2 }),
      token: fc.jsonValue({ maxDepth: 1 }),
      since: fc.jsonValue({ maxDepth: 1 }),
      constructor: fc.jsonValue({ maxDepth: 1 }),
      toJSON: fc.constant('x'),
    },
    { requiredKeys: [] },
  )
  .filter(
    ({ type, id, channel }) =>
      !['ping', 'pong'].includes(type as string) &&
      !(type === 'unsubscribe' && typeof id === 'string' && typeof channel === 'string'),
  )
  .chain((value) => fc.constantFrom(json(value), withProto(json(value))))
  .map(
    (data): WrongFrame => ({
      data,
      answer: codes('invalid_frame', 'forbidden', 'unsupported_type', 'invalid_token'),
    }),
  );

/** For a client with protocol=1 that may read and write `room-*` and send no other types. */
export const wrongFrame: fc.Arbitrary<WrongFrame> = fc.oneof(
  { weight: 20, arbitrary: notJson },
  { weight: 10, arbitrary: notAnObject },
  { weight: 25, arbitrary: wrongField },
  { weight: 8, arbitrary: wrongTypes },
  { weight: 8, arbitrary: serverTypes },
  { weight: 10, arbitrary: notGranted },
  { weight: 8, arbitrary: typesNotGranted },
  { weight: 2, arbitrary: tooLong },
  { weight: 1, arbitrary: tooLarge },
  { weight: 4, arbitrary: binaries },
  { weight: 6, arbitrary: mistimed },
  { weight: 20, arbitrary: anything },
);

/** For a plain client that may write nowhere. */
export const wrongPlainFrame: fc.Arbitrary<WrongFrame> = fc.oneof(
  { weight: 20, arbitrary: notJson },
  { weight: 10, arbitrary: notAnObject },
  { weight: 4, arbitrary: binaries },
  { weight: 1, arbitrary: tooLarge },
  {
    weight: 20,
    arbitrary: fc
      .constantFrom(...wrongType)
      .map((type): WrongFrame => ({ data: json({ type, message: 'x' }), answer: codes('invalid_frame') })),
  },
  {
    weight: 10,
    arbitrary: fc.constantFrom(...PROTOCOL_TYPES).map(
      (type): WrongFrame => ({
        data: json({ type, id: 'x', channel: 'lobby' }),
        answer: codes('unsupported_type'),
      }),
    ),
  },
  {
    weight: 20,
    arbitrary: fc
      .tuple(
        fc.constantFrom('message', 'notification', ...ownNames.filter((name) => !name.startsWith('_'))),
        fc.jsonValue({ maxDepth: 1 }),
      )
      .map(
        ([type, message]): WrongFrame => ({
          data: json({ type, message, title: 'x' }),
          answer: codes('forbidden', 'invalid_frame'),
        }),
      ),
  },
);
