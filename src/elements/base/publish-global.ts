/**
 * Sets the global `WsElements`, unless another script has: the first one stays, as do the elements that it
 * registered. A second one of another version is told in the console.
 */
export function publishGlobal(api: { version: string }, target: { WsElements?: { version?: string } }): void {
  target.WsElements ??= api;
  const { version } = target.WsElements;
  if (version !== api.version) {
    console.warn(`ws-elements ${api.version} was loaded after ${version}, which stays. Load one of them.`);
  }
}
