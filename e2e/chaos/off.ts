/** What may be switched off, one at a time: a run has to fail without any of them. */
export const switches = {
  ack: 'a client takes for sent what it wrote',
  dedupe: 'the server knows no message id and no idempotency key again',
  recovery: 'a client subscribes again without its position',
  outbox: 'a client forgets what was in flight when its connection ended',
  atomic: 'the server answers first and keeps what was published a little later',
} as const;

export type Off = keyof typeof switches;
