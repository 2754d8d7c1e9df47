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

  /** One socket for all tabs of this origin and user. Default: each tab has its own. */
  @property({ attribute: 'share-tabs' }) shareTabs?: boolean | '';

  override render() {
    return html`<slot></slot>`;
  }

  override updated(): void {
    refreshConfiguration();
  }
}
