/**
 * A page of a run: follows every channel from where it was rendered, and sends what it was given to send. What it has
 * handed to its connection it notes in sessionStorage, as that outlives a reload.
 */
const { url, token, rendering, positions, messages } = JSON.parse(
  document.getElementById('chaos').dataset.settings,
);
const connection = WsElements.connect({ url, token });

for (const [channel, since] of Object.entries(positions)) {
  connection.subscribe(channel, {
    since,
    onPublication: ({ offset, id }) => tellDelivered(rendering, { channel, offset, id }),
    onSubscribed({ recovered }) {
      if (recovered === false) tellComplaint(`${channel} was not recovered`);
    },
    onError: ({ code }) => tellComplaint(`${channel} was refused: ${code}`),
  });
}

function sendNext() {
  const sent = Number(sessionStorage.sent ?? 0);
  const next = messages[sent];
  if (!next) return;
  setTimeout(() => {
    const { id, channel } = next;
    sessionStorage.sent = sent + 1;
    connection.send(channel, id, { id }).then(
      ({ offset }) => tellAcknowledged({ channel, offset, id }),
      ({ code }) => tellComplaint(`${id} was not sent: ${code}`),
    );
    sendNext();
  }, next.pause);
}
sendNext();

/** Nobody looks at the page any more and it is frozen, or somebody does again. */
globalThis.beSeen = (isSeen) => {
  Object.defineProperty(document, 'hidden', { value: !isSeen, configurable: true });
  const events = isSeen ? ['resume', 'visibilitychange'] : ['visibilitychange', 'freeze'];
  for (const type of events) document.dispatchEvent(new Event(type));
};

/** Nothing is left to send, and everything is acknowledged, what the rendering before had sent too. */
globalThis.isSettled = () =>
  Number(sessionStorage.sent ?? 0) === messages.length &&
  connection.state === 'connected' &&
  connection.pending.length === 0;
