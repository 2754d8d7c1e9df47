import { css } from 'lit';

/**
 * Design tokens, all derived from the page: its font, its `Canvas` and text, its `color-scheme`. Every `--ws-…`
 * may be set on the element or anywhere above it; `--_…` are the results and nobody's business.
 */
export const base = css`
  :host {
    --_accent: var(--ws-accent, light-dark(#2456d6, #8fb0ff));
    --_on-accent: var(--ws-on-accent, light-dark(#fff, #0b1533));
    --_surface: var(--ws-surface, Canvas);
    --_text: var(--ws-text, CanvasText);
    --_raised: color-mix(in srgb, var(--_text) 7%, var(--_surface));
    --_line: var(--ws-line, color-mix(in srgb, var(--_text) 14%, var(--_surface)));
    --_muted: color-mix(in srgb, var(--_text) 68%, var(--_surface));
    --_radius: var(--ws-radius, 0.75em);
    --_space: var(--ws-space, 0.25em);
    --_target: max(2.5em, 40px);
    --_positive: var(--ws-positive, light-dark(#1a7f4b, #4cc38a));
    --_warning: var(--ws-warning, light-dark(#8a5a00, #f0b429));
    --_negative: var(--ws-negative, light-dark(#b3261e, #ff8f85));
    font: var(--ws-font, inherit);
    color: var(--_text);
  }
  :host([hidden]) {
    display: none;
  }
  :host,
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  ol,
  ul,
  p {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  /* In the text's colour: an accent is made to be a ground, not to be read on one. */
  a {
    color: inherit;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  svg {
    inline-size: 1.25em;
    block-size: 1.25em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  button {
    min-inline-size: max(2em, 24px);
    min-block-size: max(2em, 24px);
    margin: 0;
    padding: 0 0.75em;
    font: inherit;
    color: inherit;
    background: none;
    border: 1px solid color-mix(in srgb, currentColor 30%, transparent);
    border-radius: calc(var(--_radius) / 2);
    cursor: pointer;
  }
  button:enabled:hover {
    background-color: color-mix(in srgb, currentColor 8%, transparent);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  /* Twice, to outweigh what is said of a button under the pointer. */
  button.go.go {
    color: var(--_on-accent);
    background: var(--_accent);
    border-radius: 2em;
  }
  .bare {
    display: inline-grid;
    place-content: center;
    padding: 0;
    border: 0;
  }
  [part='bell'],
  [part='send'] {
    inline-size: var(--_target);
    block-size: var(--_target);
    border-radius: 2em;
  }
  /* Says that there is more, above what scrolls. */
  .go:not(.bare) {
    position: absolute;
    inset-inline: 0;
    inline-size: fit-content;
    margin: auto;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
