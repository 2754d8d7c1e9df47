import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { refreshConfiguration } from '../../connection/connection-controller.ts';
import { WsElement } from '../base/ws-element.ts';

/**
 * Says for the elements inside it where their connection comes from. Shows nothing itself.
 *
 * @slot - The elements.
 */
export class WsConnection extends WsElement {
  static override styles = [
    css`
      :host {
        display: contents;
      }
    `,
  ];

  /** Name of a guest, 1–64 code points. A token's name goes before it. */
  @property() name?: string;

  override render() {
    return html`<slot></slot>`;
  }

  override updated(): void {
    refreshConfiguration();
  }
}
