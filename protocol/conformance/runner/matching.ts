/** Holds what came against what a case expects. */
import { type Context, directive, interpolate, lookUp, repeated } from './values.ts';

/** Where in a frame, and what is wrong there; `undefined` if all is as expected. */
export type Difference = string | undefined;

const absent = Symbol('absent');

const times: Record<string, RegExp> = {
  iso: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  plain: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
};

/** Compares exactly, except where a matcher stands. Captures into the context's variables. */
export function difference(expected: unknown, actual: unknown, context: Context, path = ''): Difference {
  const said = (what: string): Difference =>
    `${path || 'the whole'}: expected ${what}, got ${actual === absent ? 'nothing' : show(actual)}`;

  const [verb, argument] = directive(expected) ?? [];
  switch (verb) {
    case undefined:
      break;
    case '$any':
      return actual === absent ? said('something') : undefined;
    case '$absent':
      return actual === absent ? undefined : said('no such field');
    case '$string':
      return typeof actual === 'string' && actual !== '' ? undefined : said('some text');
    case '$pattern':
      return typeof actual === 'string' &&
        new RegExp(interpolate(String(argument), context), 'u').test(actual)
        ? undefined
        : said(`text like ${argument}`);
    case '$integer': {
      const [least, most] = Array.isArray(argument) ? argument : [-Infinity, Infinity];
      return Number.isInteger(actual) && (actual as number) >= least && (actual as number) <= most
        ? undefined
        : said(Array.isArray(argument) ? `an integer from ${least} to ${most}` : 'an integer');
    }
    case '$time':
      return typeof actual === 'string' &&
        times[String(argument)]?.test(actual) &&
        !Number.isNaN(Date.parse(actual))
        ? undefined
        : said(`a time (${argument})`);
    case '$boolean':
      return typeof actual === 'boolean' ? undefined : said('true or false');
    case '$same': {
      const before = lookUp(String(argument), context);
      return difference({ $exactly: before }, actual, context, path);
    }
    case '$exactly':
      return deepEqual(argument, actual) ? undefined : said(show(argument));
    case '$not':
      return difference(argument, actual, context, path) === undefined
        ? said(`other than ${show(argument)}`)
        : undefined;
    case '$repeat':
      return repeated(argument) === actual ? undefined : said(`${show(repeated(argument))}`);
    case '$capture': {
      const [name, inner] = Array.isArray(argument) ? argument : [argument, { $any: true }];
      const found = difference(inner, actual, context, path);
      if (found === undefined) context.variables.set(String(name), actual);
      return found;
    }
    case '$contains':
      if (!isObject(actual)) return said('an object');
      return first(Object.entries(argument as object), ([key, item]) =>
        difference(item, key in actual ? actual[key] : absent, context, join(path, key)),
      );
    case '$unordered': {
      if (!Array.isArray(actual) || actual.length !== (argument as unknown[]).length) {
        return said(`${(argument as unknown[]).length} items`);
      }
      const left = [...actual];
      return first(argument as unknown[], (item) => {
        const index = left.findIndex((candidate) => difference(item, candidate, context) === undefined);
        if (index === -1) return said(`an item like ${show(item)}`);
        left.splice(index, 1);
        return undefined;
      });
    }
    default:
      return `${path}: ${verb} is no matcher`;
  }

  if (typeof expected === 'string') {
    const text = interpolate(expected, context);
    return text === actual ? undefined : said(show(text));
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return said(`${expected.length} items`);
    return first([...expected.entries()], ([index, item]) =>
      difference(item, actual[index], context, `${path}[${index}]`),
    );
  }
  if (isObject(expected)) {
    if (!isObject(actual)) return said('an object');
    const wanted = Object.fromEntries(
      Object.entries(expected).map(([key, item]) => [interpolate(key, context), item]),
    );
    return first([...new Set([...Object.keys(wanted), ...Object.keys(actual)])], (key) =>
      Object.hasOwn(wanted, key)
        ? difference(wanted[key], Object.hasOwn(actual, key) ? actual[key] : absent, context, join(path, key))
        : `${join(path, key)}: not expected, got ${show(actual[key])}`,
    );
  }
  return Object.is(expected, actual) ? undefined : said(show(expected));
}

function first<T>(items: readonly T[], check: (item: T) => Difference): Difference {
  for (const item of items) {
    const found = check(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function deepEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key;
}

/** JSON, cut where it is long. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 400 ? `${text.slice(0, 400)}… (${text.length} characters)` : text;
}
