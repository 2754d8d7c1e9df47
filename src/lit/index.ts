/**
 * Stands for `lit` in the script tag's file; the modules have the real one. Element tests run on both, and the build
 * stops at an import that is missing here.
 */
export { css, LitElement } from './lit-element.ts';
export { html, render, type TemplateResult } from './templates.ts';
