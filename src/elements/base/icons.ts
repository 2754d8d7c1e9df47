import { html, type TemplateResult } from 'lit';

/** A 24 × 24 drawing in lines, 1.5 px wide at its usual size of 1.25em, in the text's colour; see `base.styles.ts`. */
export const icon = (path: string): TemplateResult =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;

export const cross = icon('m6 6 12 12M18 6 6 18');
