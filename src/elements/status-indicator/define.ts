import { register } from '../base/register.ts';
import { WsStatusIndicator } from './ws-status-indicator.ts';

register('ws-status-indicator', WsStatusIndicator);

declare global {
  interface HTMLElementTagNameMap {
    'ws-status-indicator': WsStatusIndicator;
  }
}
