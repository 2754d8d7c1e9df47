import { register } from '../base/register.ts';
import { WsConnection } from './ws-connection.ts';

register('ws-connection', WsConnection);

declare global {
  interface HTMLElementTagNameMap {
    'ws-connection': WsConnection;
  }
}
