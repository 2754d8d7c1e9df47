/**
 * Properties that the script alone reads and sets, never a page, a file beside the script, the protocol or the browser:
 * terser renames them there, which saves 50 bytes. It leaves what any browser has under the same name. Nothing of an
 * element itself: others keep what is theirs there under names as short (Preact its listeners, as `l`).
 */
export const internalNames: readonly string[] = [
  // Between src/lit, the elements and their controllers.
  'attribute',
  'converter',
  'holes',
  'hostConnected',
  'hostDisconnected',
  'hostUpdate',
  'initial',
  'reflect',
  'strings',
  // Inside the connection.
  'continued',
  'holders',
  'wake',
  'warning',
  // Inside the transcript.
  'topic',
];
