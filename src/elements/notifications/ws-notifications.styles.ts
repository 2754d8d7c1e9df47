import { css } from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: inline-block;
    color: var(--ws-text, inherit);
  }
  [part='badge'] {
    position: absolute;
    inset-block-start: -1px;
    inset-inline-end: -4px;
    min-inline-size: 1.6em;
    padding-inline: 0.4em;
    font-size: 0.7em;
    font-weight: 700;
    line-height: 1.6;
    color: var(--_on-accent);
    background: var(--_accent);
    border: 1px solid transparent;
    border-radius: 1em;
  }
  [popover] {
    inline-size: min(22em, 100vw - 2em);
    margin: 0;
    padding: 0;
    color: var(--_text);
    background: none;
    border: 0;
    text-align: start;
  }
  #inbox {
    inset-block: var(--_block);
    inset-inline: var(--_inline);
    max-block-size: min(70vh, max(12em, var(--_room)));
    overflow: auto;
    overscroll-behavior: contain;
    margin-block: 0.25em;
  }
  :host([inline]) {
    display: block;
  }
  :host([inline]) #inbox {
    max-block-size: 100%;
    margin: 0;
    box-shadow: none;
  }
  #inbox,
  #toasts li,
  [part='more'] {
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: 0 0.5em 1.5em rgb(0 0 0 / 0.2);
  }
  [part='header'] {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em;
    padding-block: 0.5em;
    padding-inline: 1em 0.5em;
    background: var(--_surface);
    border-block-end: 1px solid var(--_line);
  }
  b {
    flex: 1;
  }
  [part='header'] button {
    font-size: 0.875em;
  }
  [aria-pressed='true'] {
    color: var(--_accent);
    border-color: currentColor;
  }
  [part='new'] {
    inset-block-start: calc(100% + 0.5em);
  }
  #inbox li + li {
    border-block-start: 1px solid var(--_line);
  }
  [part='day'] {
    padding: 0.75em 1.25em 0.25em;
  }
  [part='day']::first-letter {
    text-transform: uppercase;
  }
  [part='empty'] {
    padding: 2em 1em;
    color: var(--_muted);
    text-align: center;
    text-wrap: balance;
  }
  .item {
    --_tint: var(--_muted);
    position: relative;
    display: flex;
    gap: calc(var(--_space) * 3);
    padding: calc(var(--_space) * 3);
    border-inline-start: 3px solid var(--_tint);
  }
  .low {
    border-color: var(--_line);
  }
  .normal {
    --_tint: var(--_accent);
  }
  .high {
    --_tint: var(--_negative);
  }
  .item > svg,
  [part='priority'] {
    color: var(--_tint);
  }
  .item > div {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .title {
    display: block;
    inline-size: 100%;
    min-block-size: 0;
    padding: 0;
    border: 0;
    text-align: start;
    text-decoration: none;
    &::after {
      content: '';
      position: absolute;
      inset: 0;
    }
    &:focus-visible {
      outline: 0;
      &::after {
        outline: 2px solid var(--_accent);
        outline-offset: -2px;
      }
    }
    .unread & {
      font-weight: 700;
    }
  }
  .action {
    position: relative;
    display: inline-block;
    min-block-size: 24px;
    margin-block: 0.5em 0;
    margin-inline-end: 0.5em;
  }
  [part='read'] svg {
    stroke-width: 8;
    color: var(--_muted);
    .unread & {
      color: var(--_accent);
    }
  }
  [part='message'] {
    white-space: pre-line;
  }
  [part='day'],
  [part='meta'] {
    font-size: 0.8em;
    color: var(--_muted);
  }
  [part='priority']::after {
    content: ' · ';
  }
  time {
    unicode-bidi: isolate;
  }
  .item > button {
    align-self: start;
    margin: -0.25em;
    z-index: 0;
    border-radius: 50%;
  }
  #toasts {
    overflow: visible;
    inset-block: max(1em, var(--_block) + 0.5em) auto;
    inset-inline: auto 1em;
    &.away {
      inset-block: auto 1em;
    }
    [part='message'] {
      max-block-size: 6em;
      overflow: hidden;
    }
    li {
      touch-action: pan-y;
      overflow: clip;
      margin-block-end: 0.5em;
      @media (prefers-reduced-motion: no-preference) {
        animation: come 160ms;
      }
    }
  }
  @keyframes come {
    from {
      opacity: 0;
      translate: 0 -8px;
    }
  }
`;
