import * as v from 'valibot';

/** Text that is not empty. */
export const Text = v.pipe(v.string(), v.nonEmpty('expected text, got an empty string'));

/** Text of 1 to `limit` Unicode code points; one emoji is one, where `length` would count two. */
export function boundedText(limit: number) {
  return v.pipe(Text, codePoints(limit));
}

/** JSON Schema's `maxLength` counts code points too; the generator reads it from {@link codePointLimits}. */
function codePoints(limit: number) {
  const check = v.check<string, string>(
    (text) => text.length <= limit || (text.length <= 2 * limit && [...text].length <= limit),
    `expected at most ${limit} characters`,
  );
  codePointLimits.set(check, limit);
  return check;
}

/** What each check made by {@link boundedText} allows. */
export const codePointLimits = new WeakMap<object, number>();
