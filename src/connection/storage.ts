/** Uses what the tab keeps over page loads; does nothing where that is full or forbidden. */
export function withStorage(use: (storage: Storage) => void): void {
  try {
    use(sessionStorage);
  } catch {
    // In memory then.
  }
}
