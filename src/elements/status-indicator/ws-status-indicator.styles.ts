import { css } from 'lit';

export const styles = css`
  :host,
  [part='banner'] {
    display: inline-flex;
    align-items: baseline;
    gap: 0.25em 0.5em;
    color: var(--ws-text, inherit);
    font-variant-numeric: tabular-nums;
  }
  :host([controls]),
  [part='banner'] {
    flex-wrap: wrap;
  }
  :host([banner]) {
    display: block;
  }
  [part='banner'] {
    display: flex;
    padding: 0.5em 1em;
    background: color-mix(in srgb, var(--_warning) 12%, var(--_surface));
    border-block-end: 1px solid color-mix(in srgb, var(--_warning) 40%, var(--_surface));
  }
  [part='hint'] {
    flex: 1 20em;
  }
  [part='latency'] {
    color: var(--_muted);
  }
  svg {
    inline-size: var(--ws-indicator-size, 0.75em);
    block-size: var(--ws-indicator-size, 0.75em);
    overflow: visible;
    stroke-width: 2.5;
    color: var(--_warning);
  }
  /* Beside the sign, however narrow. Words that nothing follows are as wide as the element, and shrink by themselves. */
  [part='label']:not(:last-child) {
    max-inline-size: calc(100% - 1.5em);
  }
  .connected {
    color: var(--_positive);
    fill: currentColor;
  }
  .disconnected {
    color: inherit;
  }
  .refused {
    color: var(--_negative);
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .turning {
      animation: turn 1.2s linear infinite;
    }
    .reconnecting path {
      transition: stroke-dasharray 1s linear;
    }
  }
`;
