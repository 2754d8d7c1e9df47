import { register } from '../base/register.ts';
import { WsNotifications } from './ws-notifications.ts';

register('ws-notifications', WsNotifications);

declare global {
  interface HTMLElementTagNameMap {
    'ws-notifications': WsNotifications;
  }
}
