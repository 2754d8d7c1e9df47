import { css } from 'lit';

export const styles = css`
  :host {
    --_corner: var(--ws-chat-bubble-radius, 1.1em);
    position: relative;
    display: block;
    block-size: 28em;
    min-block-size: 12em;
    overflow: clip;
    overflow-wrap: anywhere;
  }
  /* Not the host, whose display is the page's business. */
  section {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    container-type: inline-size;
  }
  :host,
  ul {
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  /* Whoever writes in which script: every text has its own direction. A summary's would leave its marker behind. */
  :not(summary) {
    unicode-bidi: plaintext;
  }
  .cut {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .cut,
  time,
  summary {
    white-space: nowrap;
  }
  ol,
  ul,
  p {
    padding: 0.75em;
  }
  ul,
  [part='messages'] {
    overflow: hidden auto;
  }
  header,
  [part='line'] {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1em;
    padding-inline: 1em;
  }
  header {
    min-block-size: 3em;
    border-block-end: 1px solid var(--_line);
  }
  summary {
    padding: 0.4em 0;
    cursor: pointer;
  }
  ul {
    position: absolute;
    z-index: 1;
    inset-inline-end: 0.5em;
    max-inline-size: 80%;
    max-block-size: 70%;
    line-height: 1.75;
  }
  [part='messages'] {
    flex: 1;
    overscroll-behavior: contain;
    outline-offset: -2px;
  }
  ol {
    display: flex;
    flex-direction: column;
    justify-content: end;
    min-block-size: 100%;
  }
  ol li {
    display: flex;
    margin-block-start: calc(var(--_space) * 3);
  }
  [part~='message'] {
    position: relative;
    flex-direction: column;
    align-self: start;
    align-items: start;
    max-inline-size: min(42ch, 82%);
  }
  /* Lines across, with a word in the middle. */
  [part='day'],
  [part='new'] {
    gap: 1em;
    align-items: center;
    font-size: 0.8em;
    color: var(--_muted);
    &::before,
    &::after {
      flex: 1;
      content: '';
      border-block-start: 1px solid;
      opacity: 0.3;
    }
  }
  [part='new'] {
    color: var(--_accent);
  }
  [part='day'] span::first-letter {
    text-transform: uppercase;
  }
  [part='avatar'] {
    position: absolute;
    inset-block-end: 0;
    inset-inline-start: 0;
    display: none;
    inline-size: 2em;
    block-size: 2em;
    overflow: clip;
    border-radius: 50%;
    forced-color-adjust: none;
    * {
      position: absolute;
      inline-size: 100%;
      block-size: 100%;
      object-fit: cover;
    }
    svg {
      font: 700 13px system-ui;
      background: currentColor;
      fill: #fff;
      stroke: none;
    }
  }
  img:not(.loaded) {
    opacity: 0;
  }
  @container (min-width: 24em) {
    [part~='message']:not(.own) {
      padding-inline-start: 2.5em;
    }
    [part='avatar'] {
      display: block;
    }
  }
  .own {
    align-self: end;
    align-items: end;
  }
  .next {
    margin-block-start: calc(var(--_space) / 2);
  }
  li div {
    padding: 0.45em 0.8em;
    white-space: pre-wrap;
    background: var(--_raised);
    border: 1px solid transparent;
    border-radius: var(--_corner);
    border-end-start-radius: 0.25em;
  }
  .own div {
    color: var(--_on-accent);
    background: var(--_accent);
    border-radius: var(--_corner);
    border-end-end-radius: 0.25em;
  }
  .failed div {
    color: inherit;
    background: none;
    border-color: var(--_negative);
  }
  small,
  [part='note'],
  [part='line'],
  [part='error'] {
    padding: 2px 1em;
    font-size: 0.8em;
    color: var(--_muted);
  }
  [part='note'],
  [part='empty'] {
    align-self: center;
    text-align: center;
  }
  [part='empty'] {
    position: absolute;
    inset-block-start: 45%;
    color: var(--_muted);
  }
  [part='error'] {
    color: var(--_negative);
    text-align: end;
    text-wrap: balance;
  }
  /* Room for the icon, in letters: these stay with the last word, while lines may break before any image. */
  [part='state']::before {
    content: '\\a0\\a0\\a0\\a0\\a0';
  }
  [part='state'] {
    position: relative;
  }
  [part='state'] svg {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    inline-size: 1em;
    margin: auto;
  }
  [part='line'] {
    position: relative;
    min-block-size: 2em;
  }
  [part='jump'] {
    inset-block-end: 100%;
    min-block-size: var(--_target);
    /* Not a border: in forced colours that has to be seen. */
    box-shadow: 0 0 0 2px var(--_surface);
  }
  [part='composer'] {
    display: grid;
    grid-template-columns: 1fr auto;
    margin: 0 0.75em 0.75em;
    background: var(--_raised);
    border: 1px solid var(--_line);
    border-radius: 1.5em;
    &:focus-within {
      outline: 2px solid var(--_accent);
    }
  }
  /* The field and a copy of its text share a cell, so that it is as high as its text: unmeasured, in any browser. */
  textarea,
  [part='composer']::before {
    grid-area: 1 / 1;
    max-block-size: 8.5em;
    margin: 0;
    padding-block: calc(var(--_target) / 2 - 0.5em);
    padding-inline: 1em 0;
    overflow: hidden auto;
    font: inherit;
    line-height: 1.5;
    color: inherit;
    white-space: pre-wrap;
    background: none;
    border: 0;
    resize: none;
  }
  textarea:focus {
    outline: 0;
  }
  [part='composer']::before {
    visibility: hidden;
    content: attr(data-text) ' ';
  }
  ::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  ::slotted([slot='composer']) {
    padding: 0 1em;
  }
  [part='send'] {
    align-self: end;
    margin: 0.25em;
  }
`;
