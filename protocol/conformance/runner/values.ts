/**
 * Values in cases: `{{name}}` inside strings, `{"$same": "name"}`, `{"$repeat": ["😀", 1000]}` and
 * `{"$token": {…}}`, made into what is sent.
 */
import { SignJWT, UnsecuredJWT } from 'jose';

export interface Context {
  /** What was captured, and `unique`: a text that no other run of a case has. */
  readonly variables: Map<string, unknown>;
  readonly secret: string;
}

export class CaseError extends Error {}

export function lookUp(name: string, { variables }: Context): unknown {
  if (!variables.has(name)) throw new CaseError(`{{${name}}}: nothing was captured under this name`);
  return variables.get(name);
}

export function interpolate(text: string, context: Context): string {
  return text.replace(/\{\{([^{}]+)\}\}/g, (_, name: string) => String(lookUp(name, context)));
}

/** `{"$verb": argument}` as a pair, if a value is one. */
export function directive(value: unknown): [verb: string, argument: unknown] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [entry, ...more] = Object.entries(value);
  return entry?.[0].startsWith('$') && more.length === 0 ? entry : undefined;
}

export async function resolve(value: unknown, context: Context): Promise<unknown> {
  if (typeof value === 'string') return interpolate(value, context);
  if (Array.isArray(value)) return Promise.all(value.map((item) => resolve(item, context)));
  if (typeof value !== 'object' || value === null) return value;
  const [verb, argument] = directive(value) ?? [];
  switch (verb) {
    case '$same':
      return lookUp(String(argument), context);
    case '$repeat':
      return repeated(argument);
    case '$token':
      return sign(argument as Record<string, unknown>, context);
    case undefined: {
      const entries = Object.entries(value).map(async ([key, item]) => [key, await resolve(item, context)]);
      return Object.fromEntries(await Promise.all(entries));
    }
    default:
      throw new CaseError(`${verb}: can be expected but not sent`);
  }
}

/** `["ab", 3]` as `ababab`. */
export function repeated(argument: unknown): string {
  const [text, times] = argument as [string, number];
  return text.repeat(times);
}

/** Seconds that a token lasts unless a case says otherwise. */
const LIFE = 300;

/**
 * Signs claims. `$expiresIn` (seconds, negative for an expired one, `null` for none), `$secret: "wrong"` and
 * `$algorithm` say how.
 */
export async function sign(token: Record<string, unknown>, context: Context): Promise<string> {
  const { $expiresIn = LIFE, $secret, $algorithm = 'HS256', ...claims } = token;
  const payload = (await resolve(claims, context)) as Record<string, unknown>;
  if ($expiresIn !== null) payload.exp ??= Math.floor(Date.now() / 1000) + Number($expiresIn);
  if ($algorithm === 'none') return new UnsecuredJWT(payload).encode();
  const secret = $secret === 'wrong' ? `not ${context.secret}` : context.secret;
  return new SignJWT(payload)
    .setProtectedHeader({ alg: String($algorithm), typ: 'JWT' })
    .sign(new TextEncoder().encode(secret));
}
