/**
 * Plugin of the web test runner: `uncaught.js` in front of every test file.
 *
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
export function failOnUncaught() {
  return {
    name: 'fail-on-uncaught',
    transform(context) {
      if (!context.path.endsWith('.test.ts')) return undefined;
      // On the first line, so that the others keep their numbers.
      return { body: `import '/scripts/tests/browser/uncaught.js';${context.body}` };
    },
  };
}
