import { builtinModules, createRequire } from 'node:module';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);

/**
 * Plugin of the web test runner: lets tests import packages that are published as CommonJS only, with the default and
 * the named exports that Node gives them.
 *
 * @param {string[]} names
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
export function commonjsPackages(names) {
  const prefix = '/__commonjs/';
  const bundles = new Map();

  /** @param {string} name */
  async function bundle(name) {
    const keys = Object.keys(require(name)).filter(
      (key) => /^[A-Za-z_$][\w$]*$/.test(key) && key !== 'default',
    );
    const contents = `import all from '${name}';\nexport default all;\nexport const { ${keys.join(', ')} } = all;\n`;
    const result = await build({
      stdin: { contents, resolveDir: process.cwd() },
      bundle: true,
      format: 'esm',
      platform: 'browser',
      // Required inside try blocks; in a browser the require throws.
      external: builtinModules,
      define: { global: 'globalThis' },
      write: false,
      logLevel: 'silent',
    });
    return result.outputFiles[0].text;
  }

  return {
    name: 'commonjs-packages',
    resolveImport({ source }) {
      return names.includes(source) ? `${prefix}${source}.js` : undefined;
    },
    async serve(context) {
      const name = names.find((one) => context.path === `${prefix}${one}.js`);
      if (!name) return undefined;
      if (!bundles.has(name)) bundles.set(name, bundle(name));
      return { body: await bundles.get(name), type: 'js' };
    },
  };
}
