/**
 * Shows the elements in their states on a page with a strict policy, and posts what was violated to its parent: first
 * a violation of its own, then the elements'.
 */
import { FakeServer } from '../../../connection/testing/fake-server.ts';
import '../../chat/define.ts';
import '../../connection/define.ts';
import '../../notifications/define.ts';
import '../../status-indicator/define.ts';

const violations: string[] = [];
addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
  violations.push(`${effectiveDirective} ${blockedURI} ${sample}`);
});

const server = new FakeServer({ userId: '7' });
const add = (tag: string, attributes: object) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return document.body.appendChild(element);
};
const settle = async () => {
  await server.settle();
  await new Promise(requestAnimationFrame);
};

// By itself, so that a test that hears of no violation knows that it would have.
document.body.setAttribute('style', 'color: red');
await settle();
const own = violations.splice(0);

const { url } = server;
add('ws-connection', { url }).append(document.createElement('ws-status-indicator'));
const indicator = add('ws-status-indicator', { url, controls: '' });
const notifications = add('ws-notifications', { url });
const chat = add('ws-chat', { url, channel: 'lobby' });
await settle();
server.publish('lobby', { type: 'message', message: '<img src=x onerror=alert(1)>', userId: 'ana' });
for (const priority of ['low', 'normal', 'high', 'high', 'high', 'high']) {
  server.publish('user:7', {
    type: 'notification',
    title: '<b onclick=x>',
    message: '<style>',
    link: '/a',
    priority,
  });
}
await settle();
notifications.shadowRoot?.querySelector<HTMLElement>('[part=bell]')?.click();
await settle();
server.last.close(4000);
await settle();
indicator.shadowRoot?.querySelector<HTMLElement>('[part=disconnect]')?.click();
await settle();
indicator.shadowRoot?.querySelector<HTMLElement>('[part=connect]')?.click();
await settle();
server.last.close(4501);
await settle();
if (!/This site may not connect/.test(indicator.shadowRoot?.textContent ?? ''))
  violations.push('not refused');
if (!chat.shadowRoot?.querySelector('[part~=bubble]')) violations.push('no message');
if (!notifications.shadowRoot?.querySelector('[part~=item]')) violations.push('no notification');
server.restore();
parent.postMessage([...own, ...violations], '*');
