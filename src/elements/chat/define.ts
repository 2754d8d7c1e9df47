import { register } from '../base/register.ts';
import { WsChat } from './ws-chat.ts';

register('ws-chat', WsChat);

declare global {
  interface HTMLElementTagNameMap {
    'ws-chat': WsChat;
  }
}
