import * as v from 'valibot';
import { CustomData, documentedMessages } from '../../../protocol/src/index.ts';

export type CheckedData =
  | { data: { type: string; [field: string]: unknown }; problem?: undefined }
  | { problem: { field: string; message: string } };

/**
 * Holds a publication's own fields to their type's schema: the documentation's where it has one. They are given back as they
 * came, since valibot's copy of them would be without those called `constructor` and `prototype`.
 */
export function checkData(data: { type: string; [field: string]: unknown }): CheckedData {
  const schema = Object.hasOwn(documentedMessages, data.type)
    ? documentedMessages[data.type as keyof typeof documentedMessages]
    : CustomData;
  const result = v.safeParse(schema, data, { abortEarly: true });
  if (result.success) return { data };
  const [issue] = result.issues;
  const field = v.getDotPath(issue) ?? 'type';
  return { problem: { field, message: `${field}: ${describeIssue(issue)}` } };
}

/** What the schema library calls by names of its own. */
const WORDS: Readonly<Record<string, string>> = {
  Array: 'an array',
  Object: 'an object',
  boolean: 'true or false',
  number: 'a number',
  string: 'text',
};

/** What an issue says, in the words of all other errors. */
export function describeIssue(issue: v.BaseIssue<unknown>): string {
  if (issue.kind === 'schema' && issue.received === 'undefined') return 'it is missing';
  const got = `, got ${WORDS[issue.received] ?? issue.received.slice(0, 80)}`;
  if (issue.message.startsWith('expected '))
    return issue.kind === 'schema' ? issue.message + got : issue.message;
  if (issue.type === 'integer') return `expected a whole number${got}`;
  if (issue.expected === null) return issue.message;
  const expected = issue.expected
    .replace(/^>=/, 'at least ')
    .replace(/^<=/, 'at most ')
    .replace(/^\((.*)\)$/, '$1')
    .split(' | ')
    .map((word) => WORDS[word] ?? word);
  return `expected ${expected.join(' or ')}${got}`;
}
