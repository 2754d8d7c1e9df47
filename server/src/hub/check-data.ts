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

/** What an issue says, in the words of all other errors. */
export function describeIssue(issue: v.BaseIssue<unknown>): string {
  if (issue.kind === 'schema' && issue.received === 'undefined') return 'it is missing';
  if (issue.kind === 'validation' && issue.message.startsWith('expected ')) return issue.message;
  if (issue.expected === null) return issue.message;
  return `expected ${issue.expected}, got ${issue.received.slice(0, 80)}`;
}
