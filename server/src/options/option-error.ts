/** An option is wrong. The message is one line: which option, what was expected, what was given. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}
