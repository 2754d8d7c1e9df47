/**
 * Runs one of this folder's TypeScript files: `node scripts/run.mjs build.ts …`. Plain JavaScript, so that a Node that
 * is too old for the rest can say so.
 */
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Node ${process.versions.node} is too old, 22.18 is needed: run it by npm after "npm ci", which brings one.`,
  );
  process.exit(1);
}
const [file = ''] = process.argv.splice(2, 1);
await import(new URL(file, import.meta.url));
