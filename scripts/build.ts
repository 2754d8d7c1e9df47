/**
 * `npm run build`.
 */
import { build } from './build/build.ts';

try {
  await build();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
