/** What `use` gives of what the tab keeps over page loads; undefined where that is full, forbidden or not as expected. */
export function withStorage<Kept>(use: (storage: Storage) => Kept): Kept | undefined {
  try {
    return use(sessionStorage);
  } catch {
    // In memory then.
    return undefined;
  }
}
