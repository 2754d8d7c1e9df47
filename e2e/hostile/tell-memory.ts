/** Preloaded into the server's process: tells its parent, when asked, the bytes that it holds after a collection. */
process.on('message', () => {
  gc?.();
  const { heapUsed, external } = process.memoryUsage();
  process.send?.(heapUsed + external);
});
// The channel alone keeps no process running.
process.channel?.unref();
