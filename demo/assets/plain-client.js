/**
 * The documentation's client: one socket, JSON, and a list. It knows nothing of ws-elements.
 */

class WebSocketClient {
  constructor(root) {
    this.root = root;
    this.socket = null;
    this.clientId = null;
    // A list that scrolls has to be reachable by keyboard.
    root.querySelector('ol').tabIndex = 0;
    root.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.send(root.querySelector('input'));
    });
  }

  connect() {
    this.socket = new WebSocket(this.root.dataset.url);
    this.socket.onopen = () => this.showStatus('Connected');
    this.socket.onmessage = (event) => this.handleMessage(event.data);
    this.socket.onclose = () => {
      this.showStatus('Disconnected, next try in 3 seconds');
      setTimeout(() => this.connect(), 3000);
    };
  }

  handleMessage(data) {
    const message = JSON.parse(data);
    if (message.type === 'welcome') this.clientId = message.clientId;
    if (message.type === 'message') this.showMessage(message);
  }

  send(input) {
    if (!input.value.trim() || this.socket.readyState !== WebSocket.OPEN) return;
    this.socket.send(
      JSON.stringify({
        type: 'message',
        clientId: this.clientId,
        message: input.value,
        timestamp: new Date().toISOString().slice(0, 19).replace('T', ' '),
      }),
    );
    input.value = '';
  }

  showMessage({ clientId, message, timestamp }) {
    const item = document.createElement('li');
    const sender = document.createElement('strong');
    sender.textContent = clientId === this.clientId ? 'You' : clientId;
    const time = document.createElement('small');
    time.textContent = `${timestamp} UTC`;
    const text = document.createElement('p');
    text.textContent = message;
    item.append(sender, ' ', time, text);
    const list = this.root.querySelector('ol');
    list.append(item);
    while (list.children.length > 100) list.firstElementChild.remove();
    list.scrollTop = list.scrollHeight;
  }

  showStatus(status) {
    this.root.querySelector('[role=status]').textContent = status;
  }
}

for (const root of document.querySelectorAll('.plain-client')) new WebSocketClient(root).connect();
