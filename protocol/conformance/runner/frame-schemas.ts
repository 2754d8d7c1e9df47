/** Holds every frame that a server sends to its JSON Schema, whatever the case expects. */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { isProtocolType, SERVER_CLIENT_ID } from '../../src/names.ts';

const ajv = new Ajv({ strict: false });
const compiled = new Map<string, ValidateFunction>();

/** By name in the specification: `server:welcome`. */
export function schemaProblem(name: string, value: unknown): string | undefined {
  let validate = compiled.get(name);
  if (!validate) {
    const file = new URL(`../../schemas/${name.replace(':', '-')}.json`, import.meta.url);
    validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
    compiled.set(name, validate);
  }
  return validate(value)
    ? undefined
    : `no valid ${name}: ${ajv.errorsText(validate.errors, { dataVar: 'frame' })}`;
}

const own = new Set([
  'welcome',
  'subscribed',
  'unsubscribed',
  'history',
  'typing',
  'presence',
  'error',
  'ping',
  'pong',
  'reconnect',
]);

/** Which schema a frame to a plain or protocol=1 client has to fit; `undefined` if no server may send it. */
export function schemaOf(frame: Record<string, unknown>, plain: boolean): string | undefined {
  const { type } = frame;
  if (typeof type !== 'string') return undefined;
  if (plain) {
    if (type === 'welcome' || type === 'message') return `server:plain-${type}`;
    if (type === 'error') return 'server:error';
    return isProtocolType(type) ? undefined : 'server:plain-publication';
  }
  if (own.has(type)) return `server:${type}`;
  if (type === 'ack') return 'channel' in frame ? 'server:ack' : 'server:auth-ack';
  if (isProtocolType(type)) return undefined;
  if (frame.clientId === SERVER_CLIENT_ID) return 'channel' in frame ? 'server:back-end' : 'server:delivery';
  return type === 'message' ? 'server:message' : 'server:custom';
}

/** What is wrong with a frame by itself. */
export function frameProblem(text: string, plain: boolean): string | undefined {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  if (typeof frame !== 'object' || frame === null || Array.isArray(frame)) return 'not a JSON object';
  const schema = schemaOf(frame as Record<string, unknown>, plain);
  return schema ? schemaProblem(schema, frame) : 'a type that servers do not send';
}
