import { replaceDecorators } from '../../build/lit-decorators.ts';

/**
 * Plugin of the web test runner: the elements on what stands for Lit in the script tag's file.
 *
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
export function scriptLit() {
  return {
    name: 'script-lit',
    resolveImport({ source, context }) {
      const ours = context.path.startsWith('/src/') && !context.path.endsWith('.test.ts');
      return ours && source === 'lit' ? '/src/lit/index.ts' : undefined;
    },
    transform(context) {
      if (!/^\/src\/.*\.ts$/.test(context.path) || !/@(?:property|state|query)\(/.test(context.body))
        return undefined;
      return { body: replaceDecorators(context.body, context.path, true).code };
    },
  };
}
