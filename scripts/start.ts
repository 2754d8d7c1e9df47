/**
 * `npm start`: builds, then serves the demo and its server from this process.
 */
import { build } from './build/build.ts';

try {
  await build();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
await import('../dev-server/start.ts');
