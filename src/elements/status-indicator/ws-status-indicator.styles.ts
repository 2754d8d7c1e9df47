import { css } from 'lit';

export const styles = css`
  :host {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25em 0.5em;
    color: var(--ws-text, inherit);
    font-variant-numeric: tabular-nums;
  }
  svg {
    inline-size: var(--ws-indicator-size, 0.75em);
    block-size: var(--ws-indicator-size, 0.75em);
    overflow: visible;
    stroke-width: 2.5;
    color: var(--_warning);
    rotate: -90deg;
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
  .dot {
    fill: currentColor;
    stroke: none;
  }
  .turning {
    animation: turn 1.2s linear infinite;
  }
  .reconnecting circle {
    transition: stroke-dasharray 1s linear;
  }
  @keyframes turn {
    from {
      rotate: -90deg;
    }
    to {
      rotate: 270deg;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    svg {
      animation: none;
    }
    .reconnecting circle {
      transition: none;
    }
  }
`;
