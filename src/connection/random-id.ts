/** 20 random characters of `[0-9a-z]`. `crypto.randomUUID` is missing where the page is not secure. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) => (byte % 36).toString(36)).join('');
}
