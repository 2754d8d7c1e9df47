/**
 * `npm run size`: what the script costs a visitor, in bytes as the best of servers sends it (brotli 11), beside its
 * bar. `-- --why` adds what each module has in it.
 */
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { brotliCompressSync, constants } from 'node:zlib';

/** Bytes that DESIGN.md asks for. */
const AIM = 18_000;

/**
 * Bytes that fail. Above the aim since chat loads its history and notifications are whole: what is inside, every
 * element, English and the renderer, is more than 18,000 bytes, and nothing of it is there twice (`--why`).
 */
const BAR = 20_000;

const file = new URL('../dist/ws-elements.js', import.meta.url);

let code: string;
try {
  code = readFileSync(file, 'utf8');
} catch {
  console.error('dist/ws-elements.js is missing: run "npm run build" first.');
  process.exit(1);
}
const size = brotli(code);
if (process.argv.includes('--why')) explain();
console.log(
  `dist/ws-elements.js: ${count(size)} bytes brotli, ${count(Buffer.byteLength(code))} raw; aim ${count(AIM)}, bar ${count(BAR)}`,
);
if (size > BAR) {
  console.error(`${count(size - BAR)} bytes above the bar. "npm run size -- --why" says where they are.`);
  process.exitCode = 1;
}

/** By module: bytes in the file, and by how much the compressed file shrinks without them. */
function explain(): void {
  const map = new SourceMap(JSON.parse(readFileSync(`${file.pathname}.map`, 'utf8')) as SourceMapPayload);
  const owners: string[] = [];
  for (const [line, text] of code.split('\n').entries()) {
    for (let column = 0; column <= text.length; column++) {
      const entry = map.findEntry(line, column);
      owners.push('originalSource' in entry ? (entry.originalSource ?? '') : '');
    }
  }
  const rows = [...new Set(owners)].map((owner) => {
    const kept = [...code].filter((_, index) => owners[index] !== owner).join('');
    const name = owner.replace(/^(?:\.\.\/)+(?:node_modules\/)?/, '') || '(no source)';
    return { name, raw: code.length - kept.length, compressed: size - brotli(kept) };
  });
  for (const { name, raw, compressed } of rows.sort((a, b) => b.raw - a.raw)) {
    console.log(`${count(raw).padStart(8)} raw ${count(compressed).padStart(7)} brotli  ${name}`);
  }
}

function brotli(text: string): number {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

function count(bytes: number): string {
  return bytes.toLocaleString('en');
}
