/**
 * `npm run dev`: the demo, with the script built anew whenever a source changes; reload the page to see it.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../', import.meta.url));

await build({ root, mode: 'script', build: { watch: {} } });
await import('../dev-server/start.ts');
