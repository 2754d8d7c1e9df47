/** Where packages come from is the business of whoever installs them, not of a file here. */
const reference = new RegExp(
  [
    // Written so that this file does not name what it looks for.
    String.raw`\bregistry\.(?:npm|yarn|bun)[\w-]*\.\w+`,
    String.raw`"resolved": *"(?:https?|git\+\w+):`,
    String.raw`^(?:@[\w-]+:)?registry *=`,
  ].join('|'),
  'm',
);

/** Numbers of the lines that name a package registry, or say in a lock file where a package was fetched. */
export function findRegistryReferences(text: string): number[] {
  return text.split('\n').flatMap((line, index) => (reference.test(line) ? [index + 1] : []));
}
