/**
 * Runs before every browser test file: a promise rejected and left alone fails its test as an uncaught error does, and
 * what a test leaves behind for the next task fails it too. A test that expects a rejection calls `preventDefault()`.
 */
const { setTimeout } = window;

window.addEventListener('unhandledrejection', (event) => {
  setTimeout(() => event.defaultPrevented || window.reportError(event.reason));
});

afterEach(() => new Promise((resolve) => setTimeout(resolve)));
after(() => new Promise((resolve) => setTimeout(resolve, 10)));
