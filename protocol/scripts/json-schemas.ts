/**
 * Every schema that other languages need, by its name in the specification's examples (`client:subscribe`), and
 * how it becomes JSON Schema (draft 07, which PHP's validators and AsyncAPI read).
 */
import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import * as protocol from '../src/index.ts';

type Schema = v.GenericSchema;

export const schemas: Record<string, { schema: Schema; about: string }> = {
  'client:plain-message': { schema: protocol.PlainMessage, about: 'A plain client sends chat text.' },
  'client:subscribe': { schema: protocol.Subscribe, about: 'Follow a channel.' },
  'client:unsubscribe': { schema: protocol.Unsubscribe, about: 'Stop following a channel.' },
  'client:history': { schema: protocol.History, about: 'Pages backwards through a channel.' },
  'client:message': { schema: protocol.ChatMessage, about: 'Chat text for a channel.' },
  'client:custom': { schema: protocol.CustomMessage, about: 'A message of a type that the token grants.' },
  'client:typing': { schema: protocol.Typing, about: 'This client is typing.' },
  'client:auth': { schema: protocol.Auth, about: 'Renews the token.' },
  'client:ping': { schema: protocol.Ping, about: 'Asks for a sign of life.' },
  'client:pong': { schema: protocol.Pong, about: 'Answers a ping.' },

  'server:plain-welcome': { schema: protocol.PlainWelcome, about: 'The first frame to a plain client.' },
  'server:plain-message': {
    schema: protocol.PlainMessagePublication,
    about: 'Chat text, to a plain client.',
  },
  'server:plain-publication': {
    schema: protocol.PlainPublication,
    about: 'Any other type, to a plain client.',
  },
  'server:welcome': {
    schema: protocol.Welcome,
    about: 'The first frame to a client that asked for protocol=1.',
  },
  'server:subscribed': { schema: protocol.Subscribed, about: 'The channel is followed, from this position.' },
  'server:unsubscribed': { schema: protocol.Unsubscribed, about: 'The channel is no longer followed.' },
  'server:ack': { schema: protocol.Acknowledgement, about: 'A message was accepted, at this position.' },
  'server:auth-ack': { schema: protocol.AuthAcknowledgement, about: 'The token was renewed.' },
  'server:message': { schema: protocol.MessagePublication, about: 'Chat text on a channel.' },
  'server:custom': {
    schema: protocol.CustomPublication,
    about: 'A publication of any other type, by a client.',
  },
  'server:back-end': {
    schema: protocol.BackEndPublication,
    about: 'What a back end published on a channel.',
  },
  'server:delivery': { schema: protocol.ClientDelivery, about: 'What a back end sent to this client alone.' },
  'server:history': { schema: protocol.HistoryPage, about: 'What is kept of a channel, a page of it.' },
  'server:typing': { schema: protocol.TypingNotice, about: 'Someone else is typing.' },
  'server:presence': { schema: protocol.Presence, about: 'Who is on a channel, who came, who left.' },
  'server:error': { schema: protocol.ErrorFrame, about: 'Something was refused; the connection stays.' },
  'server:ping': { schema: protocol.ServerPing, about: 'Asks for a sign of life.' },
  'server:pong': { schema: protocol.ServerPong, about: 'Answers a ping.' },
  'server:reconnect': { schema: protocol.Reconnect, about: 'A planned close follows.' },

  'data:message': { schema: protocol.MessageData, about: 'Chat text, as a back end publishes it.' },
  'data:notification': { schema: protocol.Notification, about: 'Something a user should know.' },
  'data:data_update': { schema: protocol.DataUpdate, about: 'A record was created, updated or deleted.' },
  'data:status_update': { schema: protocol.StatusUpdate, about: 'The state of a system.' },
  'data:user_activity': { schema: protocol.UserActivity, about: 'What a user is doing.' },
  'data:notification_mark': {
    schema: protocol.NotificationMark,
    about: 'What a user did with notifications.',
  },
  'data:custom': { schema: protocol.CustomData, about: 'An application’s own type.' },

  'publish:request': { schema: protocol.PublishRequest, about: 'The body of POST /api/publish.' },
  'publish:batch': {
    schema: protocol.PublishBatch,
    about: 'The body of POST /api/publish, for many at once.',
  },
  'publish:answer': { schema: protocol.PublishAnswer, about: 'Where the publication stands.' },
  'publish:delivery': { schema: protocol.DeliveryAnswer, about: 'Whether the client was there.' },
  'publish:results': {
    schema: protocol.BatchAnswer,
    about: 'One result for each request of a batch, in order.',
  },
  'publish:error': { schema: protocol.ApiError, about: 'Why a request was refused.' },

  'read:positions': { schema: protocol.PositionAnswer, about: 'Where channels stand, over HTTP.' },
  'read:history': { schema: protocol.HistoryAnswer, about: 'What is kept of a channel, over HTTP.' },

  'token:claims': { schema: protocol.TokenClaims, about: 'The payload of a token.' },
};

/** What valibot says in code and JSON Schema says by itself. Anything not named here stops the generator. */
const checks = new Map<object, object>([
  [protocol.notOfProtocol, { not: { enum: [...protocol.PROTOCOL_TYPES] } }],
  // The calendar is beyond a pattern; servers check it.
  [protocol.existingTime, {}],
]);

const targets = ['channel', 'user', 'client', 'broadcast'];

/** A schema as JSON Schema. Throws for what it cannot say and {@link checks} does not. */
export function jsonSchema(name: string): JsonSchema {
  const entry = schemas[name];
  if (!entry) throw new Error(`no schema is called ${name}`);
  const schema = toJsonSchema(entry.schema, {
    target: 'draft-07',
    typeMode: 'input',
    errorMode: 'throw',
    overrideSchema({ valibotSchema }) {
      return (valibotSchema as object) === protocol.JsonObject ? { type: 'object' } : undefined;
    },
    overrideAction({ valibotAction, jsonSchema }) {
      const limit = protocol.codePointLimits.get(valibotAction);
      if (limit !== undefined) return { ...jsonSchema, maxLength: limit };
      const said = checks.get(valibotAction);
      return said && { ...jsonSchema, ...said };
    },
  });
  const { $schema, ...rest } = schema;
  return {
    $schema,
    title: name,
    description: entry.about,
    ...rest,
    ...(name === 'publish:request' && { oneOf: targets.map((target) => ({ required: [target] })) }),
  } as JsonSchema;
}

/** File names under `protocol/schemas/` and what stands in them. */
export function schemaFiles(): Map<string, string> {
  return new Map(
    Object.keys(schemas).map((name) => [
      `${name.replace(':', '-').replaceAll('_', '-')}.json`,
      `${JSON.stringify(jsonSchema(name), null, 2)}\n`,
    ]),
  );
}
